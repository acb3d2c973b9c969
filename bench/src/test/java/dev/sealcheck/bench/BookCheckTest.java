package dev.sealcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.proxy.account.Books;
import dev.sealcheck.proxy.account.StackId;
import dev.sealcheck.proxy.account.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BookCheckTest {

  private static final Customer STEADY = new Customer(new UserId(1), Customer.Use.STEADY);
  private static final Customer LEAVING = new Customer(new UserId(2), Customer.Use.LEAVING);
  private static final Customer LATE = new Customer(new UserId(3), Customer.Use.LATE);
  private static final long PAID = Customer.BALANCE_UNITS - Deployment.STACK_COST;

  private final Tally tally = new Tally();

  @Test
  void booksThatAgreeMeetEveryBar() {
    assertThat(missed(stack(LATE, 0, 0, 0), PAID, 100)).isEmpty();
  }

  @Test
  void oneUnitThatNoClientSawIsAMiss() {
    assertThat(missed(stack(LATE, 0, 0, 0), PAID, 99))
        .containsExactly("requests read to the end or refused: charged to the unit");
  }

  @Test
  void unitsThatStayReservedAreAMiss() {
    assertThat(missed(stack(LATE, 0, 512, 1), PAID, 100))
        .containsExactly("nothing is reserved, no lock lives, no request runs");
  }

  @Test
  void chargeOfAnUnusedLockIsAMiss() {
    assertThat(missed(stack(LATE, 1, 0, 0), PAID, 100))
        .containsExactly("users whose locks were never used: nothing charged");
  }

  @Test
  void moreThanAStackHoldsIsAMiss() {
    assertThat(missed(stack(LATE, 0, Deployment.STACK_UNITS + 1, 1), PAID, 100))
        .contains("used + reserved never above a stack's size");
  }

  @Test
  void balanceThatPaidForNoStackIsAMiss() {
    assertThat(missed(stack(LATE, 0, 0, 0), PAID - 1, 100))
        .containsExactly("each user's balance is lower by its stacks' price");
  }

  @Test
  void impossibleChargeOfADepartureIsAMiss() {
    tally.depart(0, false);
    assertThat(missed(stack(LATE, 0, 0, 0), PAID, 100))
        .containsExactly("clients that left: each charged what it can have used");
  }

  private List<String> missed(Books.StackEntry late, long lateBalance, long seenUnits) {
    tally.charge(seenUnits - 10);
    tally.depart(40, true);
    Books books =
        new Books(
            List.of(stack(STEADY, 100, 0, 0), stack(LEAVING, 40, 0, 0), late),
            List.of(
                new Books.UserEntry(STEADY.id(), PAID, 0, 0),
                new Books.UserEntry(LEAVING.id(), PAID, 0, 0),
                new Books.UserEntry(LATE.id(), lateBalance, 0, 0)));
    return new BookCheck(new BookReader(books), List.of(STEADY, LEAVING, LATE), tally, 10)
        .findings().stream().filter(finding -> !finding.met()).map(Finding::bar).toList();
  }

  private static Books.StackEntry stack(Customer customer, long used, long reserved, int locks) {
    return new Books.StackEntry(
        new StackId(customer.id().value()),
        customer.id(),
        1,
        Deployment.MODEL,
        Deployment.STACK_UNITS,
        used,
        reserved,
        locks,
        0);
  }
}
