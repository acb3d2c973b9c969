package dev.sealcheck.proxy.account;

import static dev.sealcheck.proxy.account.Fixture.STACK_UNITS;
import static dev.sealcheck.proxy.account.Fixture.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReservationTest {

  private final Fixture fixture = new Fixture();

  @Test
  void chargesWhatWasUsedAndFreesTheRest() {
    Reservation reservation = fixture.reserve(400);

    assertThat(reservation.settle(150)).hasValue(150);
    assertThat(fixture.stack(reservation.stack()).usedUnits()).isEqualTo(150);
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isZero();
    assertThat(fixture.stack(reservation.stack()).openReservations()).isZero();
  }

  @Test
  void freesTheWholeLockWhateverTheRequestAskedFor() {
    for (int round = 0; round < 100; round++) {
      StackId stack = fixture.lock(order(800)).stack();
      fixture.accounts.consume(Fixture.ANN, stack, Fixture.MODEL, 100).orElseThrow().settle(1);
    }

    assertThat(fixture.accounts.books().stacks())
        .singleElement()
        .satisfies(stack -> assertThat(stack.freeUnits()).isEqualTo(900));
  }

  @Test
  void chargesBeyondTheLockWhatTheStackHasFree() {
    Reservation reservation = fixture.reserve(400);
    fixture.lock(order(500));

    assertThat(reservation.settle(450)).hasValue(450);
    assertThat(fixture.stack(reservation.stack()).freeUnits()).isEqualTo(50);
  }

  @Test
  void chargesNoUnitThatAnotherLockHolds() {
    Reservation reservation = fixture.reserve(400);
    fixture.lock(order(500));

    assertThat(reservation.settle(Long.MAX_VALUE)).hasValue(500);
    assertThat(fixture.stack(reservation.stack()).reservedUnits()).isEqualTo(500);
    assertThat(fixture.stack(reservation.stack()).freeUnits()).isZero();
  }

  @Test
  void chargesNothingOnRelease() {
    Reservation reservation = fixture.reserve(400);

    assertThat(reservation.release()).isTrue();
    assertThat(fixture.stack(reservation.stack()).freeUnits()).isEqualTo(STACK_UNITS);
  }

  @Test
  void settlesForNothing() {
    assertThat(fixture.reserve(400).settle(0)).hasValue(0);
  }

  @Test
  void heedsOnlyTheFirstSettlement() {
    Reservation settled = fixture.reserve(100);
    Reservation released = fixture.reserve(100);
    settled.settle(10);
    released.release();
    Books before = fixture.accounts.books();

    assertThat(settled.settle(20)).isEmpty();
    assertThat(settled.release()).isFalse();
    assertThat(settled.giveBack()).isFalse();
    assertThat(released.settle(20)).isEmpty();
    assertThat(released.release()).isFalse();
    assertThat(released.giveBack()).isFalse();
    assertThat(fixture.accounts.books()).isEqualTo(before);
  }

  @Test
  void refusesNegativeChargeAndStaysOpen() {
    Reservation reservation = fixture.reserve(400);

    assertThatIllegalArgumentException().isThrownBy(() -> reservation.settle(-1));
    assertThat(reservation.settle(5)).hasValue(5);
  }

  @Test
  void keepsExhaustedStackInTheBooks() {
    Reservation reservation = fixture.reserve(STACK_UNITS);
    reservation.settle(STACK_UNITS);

    assertThat(fixture.stack(reservation.stack()).usedUnits()).isEqualTo(STACK_UNITS);
    assertThat(fixture.lock(order(1)).stack()).isNotEqualTo(reservation.stack());
  }

  @Test
  void forgetsTheOldestExhaustedStacksButNotTheirUnits() {
    int stacks = Ledger.EXHAUSTED_STACKS_KEPT + 3;
    Fixture rich = new Fixture(new AccountSettings(STACK_UNITS, STACK_UNITS), stacks * 1_000L);
    for (int bought = 0; bought < stacks; bought++) {
      rich.reserve(STACK_UNITS).settle(STACK_UNITS);
    }

    assertThat(rich.accounts.books().stacks()).hasSize(Ledger.EXHAUSTED_STACKS_KEPT);
    assertThat(rich.accounts.books().stack(new StackId(3))).isEmpty();
    assertThat(rich.accounts.books().stack(new StackId(4))).isPresent();
    assertThat(rich.ann()).isEqualTo(new Books.UserEntry(Fixture.ANN, 0, 3, 3 * STACK_UNITS));
  }
}
