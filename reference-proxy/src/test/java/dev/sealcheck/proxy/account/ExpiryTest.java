package dev.sealcheck.proxy.account;

import static dev.sealcheck.proxy.account.Fixture.ANN;
import static dev.sealcheck.proxy.account.Fixture.MODEL;
import static dev.sealcheck.proxy.account.Fixture.STACK_UNITS;
import static dev.sealcheck.proxy.account.Fixture.TIMEOUT;
import static dev.sealcheck.proxy.account.Fixture.order;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.time.Timekeeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ExpiryTest {

  private static final Duration NANO = Duration.ofNanos(1);

  private final Fixture fixture = new Fixture();
  private final HandClock clock = fixture.clock;

  @Test
  void servesUntilJustBeforeTheEnd() {
    StackId stack = fixture.lock(order(1)).stack();
    clock.advance(TIMEOUT.minus(NANO));

    assertThat(fixture.stack(stack).liveLocks()).isEqualTo(1);
    assertThat(fixture.canConsume(ANN, stack, MODEL, 1)).isTrue();
  }

  @Test
  void freesTheUnitsAtTheEndWithoutTraffic() {
    StackId stack = fixture.lock(order(STACK_UNITS)).stack();
    clock.advance(TIMEOUT);

    assertThat(fixture.stack(stack).freeUnits()).isEqualTo(STACK_UNITS);
    assertThat(fixture.stack(stack).liveLocks()).isZero();
    assertThat(fixture.canConsume(ANN, stack, MODEL, 1)).isFalse();
    assertThat(fixture.lock(order(STACK_UNITS)).stack()).isEqualTo(stack);
  }

  @Test
  void refusesExpiredLockWhoseTimerIsLate() {
    StackId stack = fixture.lock(order(1)).stack();
    clock.moveWithoutTimers(TIMEOUT);

    assertThat(fixture.canConsume(ANN, stack, MODEL, 1)).isFalse();
    clock.runDueTimers();
    assertThat(fixture.stack(stack).reservedUnits()).isZero();
  }

  @Test
  void endsEachLockAtItsOwnTime() {
    fixture.lock(order(100, TIMEOUT.multipliedBy(2)));
    StackId stack = fixture.lock(order(10)).stack();

    clock.advance(TIMEOUT);
    assertThat(fixture.stack(stack).reservedUnits()).isEqualTo(100);
    clock.advance(TIMEOUT);
    assertThat(fixture.stack(stack).reservedUnits()).isZero();
  }

  @Test
  void leavesRunningRequestItsUnits() {
    Reservation reservation = fixture.reserve(400);
    clock.advance(TIMEOUT.multipliedBy(100));

    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isEqualTo(400);
    assertThat(reservation.settle(400)).hasValue(400);
    assertThat(fixture.stack(reservation.stack()).freeUnits()).isEqualTo(600);
  }

  @Test
  void keepsNoTimerOfSettledLock() {
    Reservation settled = fixture.reserve(1);
    Reservation released = fixture.reserve(1);
    settled.settle(1);
    released.release();

    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void restoresLockThatIsGivenBackWithItsOldExpiry() {
    Reservation reservation = fixture.reserve(400);
    clock.advance(TIMEOUT.minus(NANO));

    assertThat(reservation.giveBack()).isTrue();
    assertThat(fixture.stack(reservation.stack()).liveLocks()).isEqualTo(1);
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isEqualTo(400);
    clock.advance(NANO);
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isZero();
  }

  @Test
  void servesAgainAfterItWasGivenBack() {
    Reservation first = fixture.reserve(400);
    first.giveBack();

    Reservation second = fixture.accounts.consume(ANN, first.stack(), MODEL, 400).orElseThrow();
    assertThat(first.settle(400)).isEmpty();
    assertThat(first.release()).isFalse();
    assertThat(second.settle(300)).hasValue(300);
    assertThat(fixture.stack(first.stack()).usedUnits()).isEqualTo(300);
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void freesLockThatIsGivenBackAfterItsTimerRan() {
    Reservation reservation = fixture.reserve(400);
    clock.advance(TIMEOUT);

    assertThat(reservation.giveBack()).isTrue();
    assertThat(fixture.stack(reservation.stack()).liveLocks()).isZero();
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isZero();
  }

  @Test
  void freesOnceTheLockThatIsGivenBackBeforeItsLateTimerRuns() {
    Reservation reservation = fixture.reserve(400);
    fixture.lock(order(100, TIMEOUT.multipliedBy(2)));
    clock.moveWithoutTimers(TIMEOUT);

    assertThat(reservation.giveBack()).isTrue();
    clock.runDueTimers();
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isEqualTo(100);
  }

  @Test
  void freesLockWhoseTimerRanBetweenReadingTheClockAndGivingBack() {
    Reservation reservation = fixture.reserve(400);
    clock.runTimersOfNext(TIMEOUT);

    assertThat(reservation.giveBack()).isTrue();
    assertThat(fixture.stack(reservation.stack()).liveLocks()).isZero();
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isZero();
  }

  @Test
  void keepsNoTimerOfLockThatIsSettledBeforeItsTimerIsKnown() {
    clock.onceTimerStarted(
        () -> fixture.accounts.consume(ANN, new StackId(1), MODEL, 1).orElseThrow().settle(1));

    assertThat(fixture.stack(fixture.lock(order(1)).stack()).usedUnits()).isEqualTo(1);
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void keepsTimerOfLockThatIsConsumedBeforeItsTimerIsKnown() {
    AtomicReference<Reservation> first = new AtomicReference<>();
    clock.onceTimerStarted(
        () -> first.set(fixture.accounts.consume(ANN, new StackId(1), MODEL, 1).orElseThrow()));
    StackId stack = fixture.lock(order(1)).stack();

    first.get().giveBack();
    assertThat(fixture.stack(stack).liveLocks()).isEqualTo(1);
    clock.advance(TIMEOUT);
    assertThat(fixture.stack(stack).reservedUnits()).isZero();
  }

  @Test
  void runsOnTheSystemsTime() throws InterruptedException {
    CountDownLatch expired = new CountDownLatch(1);
    Timekeeper system = Timekeeper.system();
    Accounts accounts =
        new Accounts(AccountSettings.defaults(), Fixture.users(Long.MAX_VALUE), system);
    LockOutcome outcome = accounts.lock(ANN, order(1, Duration.ofMillis(1)));
    // One timer thread runs both, the later one last.
    system.after(Duration.ofMillis(2), expired::countDown);

    assertThat(expired.await(30, SECONDS)).isTrue();
    StackId stack = ((LockOutcome.Locked) outcome).stack();
    assertThat(accounts.books().stack(stack).orElseThrow().reservedUnits()).isZero();
  }
}
