package dev.sealcheck.bench;

import dev.sealcheck.proxy.account.UserId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The user of one client thread's departures. The proxy tells nobody what a client that left was
 * charged, so the next departure waits until the books show it. For one thread.
 */
final class LeavingAccount {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Customer customer;
  private final Deployment deployment;
  private final Tally tally;
  private final Wait wait;
  private Optional<Departure> open = Optional.empty();
  private long knownUnits;

  LeavingAccount(Customer customer, Scene scene) {
    this.customer = customer;
    this.deployment = scene.deployment();
    this.tally = scene.tally();
    this.wait = new Wait(scene.time());
  }

  /** The user, whose earlier requests are all settled now. */
  Customer customer() throws IOException, InterruptedException {
    settle();
    return customer;
  }

  /** Notes that a client has left. */
  void leave(Departure departure) {
    open = Optional.of(departure);
  }

  /** Waits until the last departure is charged, and judges the charge. */
  void settle() throws IOException, InterruptedException {
    if (open.isEmpty()) {
      return;
    }
    Departure departure = open.get();
    open = Optional.empty();
    UserId user = customer.id();
    wait.until(
        () -> new BookReader(deployment.books()).reservedUnits(user) == 0,
        LIMIT,
        "the units of a client that left become free");
    long usedUnits = new BookReader(deployment.books()).usedUnits(user);
    long charged = usedUnits - knownUnits;
    knownUnits = usedUnits;
    boolean possible = departure.allows(charged, deployment.restartedSince(departure.restartMark));
    tally.depart(charged, possible);
    if (!possible) {
      tally.surprise(departure.kind, "charged " + charged + " for " + departure);
    }
  }

  /**
   * One client that left.
   *
   * @param kind how it left
   * @param restartMark the deployment's mark before its lock
   * @param leastUnits the least it can have been charged where the node did not fail
   * @param mostUnits what the whole answer costs
   * @param mayBeFree whether the request may have been lost with the connection
   */
  record Departure(Kind kind, int restartMark, long leastUnits, long mostUnits, boolean mayBeFree) {

    /** Whether this charge is right, where the node was or was not restarted meanwhile. */
    boolean allows(long units, boolean restarted) {
      return (units >= leastUnits && units <= mostUnits)
          || (units == 0 && (mayBeFree || restarted));
    }
  }
}
