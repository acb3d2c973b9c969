package dev.sealcheck.bench;

import dev.sealcheck.proxy.account.UserId;
import java.util.List;
import java.util.function.Predicate;

/** Holds the proxy's books, when nothing runs any more, against what the client threads saw. */
final class BookCheck {

  private final BookReader books;
  private final List<Customer> customers;
  private final Tally tally;
  private final long samplesUnits;

  /** A check; {@code samplesUnits} were charged to steady users before the soak. */
  BookCheck(BookReader books, List<Customer> customers, Tally tally, long samplesUnits) {
    this.books = books;
    this.customers = customers;
    this.tally = tally;
    this.samplesUnits = samplesUnits;
  }

  /** Every bar that the books must meet. */
  List<Finding> findings() {
    long steady = used(Customer.Use.STEADY);
    long steadySeen = tally.steadyUnits() + samplesUnits;
    long leaving = used(Customer.Use.LEAVING);
    long idle = used(Customer.Use.LATE) + used(Customer.Use.STRANGER);
    long stacks = customers.stream().mapToLong(c -> books.stacks(c.id())).sum();
    long spent = customers.stream().mapToLong(this::spent).sum();
    return List.of(
        new Finding(
            "nothing is reserved, no lock lives, no request runs",
            books.reservedUnits() == 0 && books.open() == 0,
            books.reservedUnits() + " units, " + books.open() + " open"),
        new Finding(
            "used + reserved never above a stack's size",
            tally.overbookings() == 0 && books.overbooked().isEmpty(),
            "looked after each of " + tally.requests() + " requests"),
        new Finding(
            "requests read to the end or refused: charged to the unit",
            steady == steadySeen,
            steady + " units used, " + steadySeen + " seen by the clients"),
        new Finding(
            "clients that left: each charged what it can have used",
            tally.wrongCharges() == 0 && leaving == tally.leavingUnits(),
            leaving + " units used by " + tally.departures() + " departures"),
        new Finding(
            "users whose locks were never used: nothing charged", idle == 0, idle + " units used"),
        new Finding(
            "each user's balance is lower by its stacks' price",
            customers.stream().allMatch(c -> spent(c) == price(c)),
            stacks + " stacks for " + spent + " balance units"));
  }

  private long used(Customer.Use use) {
    Predicate<Customer> wanted = customer -> customer.use() == use;
    return customers.stream().filter(wanted).mapToLong(c -> books.usedUnits(c.id())).sum();
  }

  private long spent(Customer customer) {
    UserId id = customer.id();
    return Customer.BALANCE_UNITS - books.balanceUnits(id);
  }

  private long price(Customer customer) {
    return books.stacks(customer.id()) * Deployment.STACK_COST;
  }
}
