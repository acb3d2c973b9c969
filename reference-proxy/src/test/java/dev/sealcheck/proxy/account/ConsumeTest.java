package dev.sealcheck.proxy.account;

import static dev.sealcheck.proxy.account.Fixture.ANN;
import static dev.sealcheck.proxy.account.Fixture.BOB;
import static dev.sealcheck.proxy.account.Fixture.CHEAP;
import static dev.sealcheck.proxy.account.Fixture.MODEL;
import static dev.sealcheck.proxy.account.Fixture.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumeTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Fixture fixture = new Fixture();
  private final Accounts accounts = fixture.accounts;

  @Test
  void turnsTheLockIntoAReservation() {
    StackId stack = fixture.lock(order(300)).stack();

    Reservation reservation = accounts.consume(ANN, stack, MODEL, 100).orElseThrow();

    assertThat(reservation.stack()).isEqualTo(stack);
    assertThat(reservation.user()).isEqualTo(ANN);
    assertThat(reservation.nodeSmallId()).isEqualTo(CHEAP.nodeSmallId());
    assertThat(reservation.lockedUnits()).isEqualTo(300);
    assertThat(fixture.stack(stack))
        .isEqualTo(
            new Books.StackEntry(
                stack, ANN, CHEAP.nodeSmallId(), MODEL, Fixture.STACK_UNITS, 0, 300, 0, 1));
  }

  @Test
  void servesOneRequestForEachLock() {
    StackId stack = fixture.lock(order(300)).stack();

    assertThat(fixture.canConsume(ANN, stack, MODEL, 300)).isTrue();
    assertThat(fixture.canConsume(ANN, stack, MODEL, 1)).isFalse();
  }

  @Test
  void keepsLockThatIsTooSmall() {
    StackId stack = fixture.lock(order(300)).stack();

    assertThat(fixture.canConsume(ANN, stack, MODEL, 301)).isFalse();
    assertThat(fixture.canConsume(ANN, stack, MODEL, 300)).isTrue();
  }

  @Test
  void keepsLockOfAnotherUser() {
    StackId stack = fixture.lock(order(300)).stack();
    accounts.lock(BOB, order(300));

    assertThat(fixture.canConsume(BOB, stack, MODEL, 1)).isFalse();
    assertThat(fixture.canConsume(ANN, stack, MODEL, 1)).isTrue();
  }

  @Test
  void keepsLockForAnotherModel() {
    StackId stack = fixture.lock(order(300)).stack();

    assertThat(fixture.canConsume(ANN, stack, "m/other", 1)).isFalse();
    assertThat(fixture.canConsume(ANN, stack, MODEL, 1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 1L << 53, Long.MAX_VALUE})
  void findsNothingOnUnknownStack(long stack) {
    fixture.lock(order(300));

    assertThat(fixture.canConsume(ANN, new StackId(stack), MODEL, 1)).isFalse();
  }

  @Test
  void findsNothingOnExhaustedStack() {
    Reservation all = fixture.reserve(Fixture.STACK_UNITS);
    all.settle(Fixture.STACK_UNITS);

    assertThat(fixture.canConsume(ANN, all.stack(), MODEL, 1)).isFalse();
  }

  @Test
  void takesTheSmallestLockThatFits() {
    fixture.lock(order(300));
    fixture.lock(order(100));
    StackId stack = fixture.lock(order(200)).stack();

    assertThat(accounts.consume(ANN, stack, MODEL, 101).orElseThrow().lockedUnits()).isEqualTo(200);
    assertThat(accounts.consume(ANN, stack, MODEL, 101).orElseThrow().lockedUnits()).isEqualTo(300);
    assertThat(accounts.consume(ANN, stack, MODEL, 100).orElseThrow().lockedUnits()).isEqualTo(100);
  }

  @Test
  void takesAmongEqualLocksTheOneThatExpiresFirst() {
    fixture.lock(order(100, SECOND.multipliedBy(5)));
    fixture.lock(order(100, SECOND));
    StackId stack = fixture.lock(order(100, SECOND.multipliedBy(3))).stack();

    accounts.consume(ANN, stack, MODEL, 100);
    fixture.clock.advance(SECOND.multipliedBy(2));
    assertThat(fixture.stack(stack).liveLocks()).isEqualTo(2);
    accounts.consume(ANN, stack, MODEL, 100);
    fixture.clock.advance(SECOND.multipliedBy(2));
    assertThat(fixture.stack(stack).liveLocks()).isEqualTo(1);
  }

  @Test
  void passesOverSmallerLockThatHasExpired() {
    fixture.lock(order(100, SECOND));
    StackId stack = fixture.lock(order(200, SECOND.multipliedBy(2))).stack();
    fixture.clock.moveWithoutTimers(SECOND);

    assertThat(accounts.consume(ANN, stack, MODEL, 50).orElseThrow().lockedUnits()).isEqualTo(200);
    assertThat(accounts.consume(ANN, stack, MODEL, 50)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void refusesRequestForNoUnits(long units) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accounts.consume(ANN, new StackId(1), MODEL, units));
  }
}
