package dev.sealcheck.proxy.account;

import static dev.sealcheck.proxy.account.Fixture.ANN;
import static dev.sealcheck.proxy.account.Fixture.BALANCE_UNITS;
import static dev.sealcheck.proxy.account.Fixture.BOB;
import static dev.sealcheck.proxy.account.Fixture.CHEAP;
import static dev.sealcheck.proxy.account.Fixture.DEAR;
import static dev.sealcheck.proxy.account.Fixture.IMAGE_STACK_UNITS;
import static dev.sealcheck.proxy.account.Fixture.MODEL;
import static dev.sealcheck.proxy.account.Fixture.STACK_UNITS;
import static dev.sealcheck.proxy.account.Fixture.TIMEOUT;
import static dev.sealcheck.proxy.account.Fixture.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockTest {

  private final Fixture fixture = new Fixture();
  private final Accounts accounts = fixture.accounts;

  @Test
  void buysTheFirstStackAtTheCheapestNode() {
    LockOutcome.Locked locked = fixture.lock(order(300));

    assertThat(locked.nodeSmallId()).isEqualTo(CHEAP.nodeSmallId());
    assertThat(fixture.stack(locked.stack()))
        .isEqualTo(
            new Books.StackEntry(
                locked.stack(), ANN, CHEAP.nodeSmallId(), MODEL, STACK_UNITS, 0, 300, 1, 0));
    assertThat(fixture.ann().balanceUnits()).isEqualTo(BALANCE_UNITS - 1_000);
  }

  @Test
  void namesEachPurchaseAndNothingElse() {
    LockOutcome.Locked first = fixture.lock(order(600));
    LockOutcome.Locked again = fixture.lock(order(400));
    LockOutcome.Locked second = fixture.lock(order(600));

    assertThat(first.stackEntryDigest()).matches("[0-9a-f]{64}");
    assertThat(again.stackEntryDigest()).isNull();
    assertThat(second.stackEntryDigest())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(first.stackEntryDigest());
  }

  @Test
  void fillsOneStackBeforeBuyingAnother() {
    StackId first = fixture.lock(order(600)).stack();

    assertThat(fixture.lock(order(400)).stack()).isEqualTo(first);
    assertThat(fixture.lock(order(1)).stack()).isNotEqualTo(first);
    assertThat(fixture.ann().balanceUnits()).isEqualTo(BALANCE_UNITS - 2_000);
  }

  @Test
  void prefersTheStackOnTheCheapestNodeWhateverWasBoughtFirst() {
    StackId dear = fixture.lock(order(1, DEAR)).stack();
    StackId cheap = fixture.lock(order(1, CHEAP)).stack();

    assertThat(fixture.lock(order(1, CHEAP, DEAR)).stack()).isEqualTo(cheap).isNotEqualTo(dear);
  }

  @Test
  void usesDearStackWithRoomBeforeBuyingCheapOne() {
    StackId dear = fixture.lock(order(1, DEAR)).stack();

    assertThat(fixture.lock(order(1, CHEAP, DEAR)).stack()).isEqualTo(dear);
  }

  @Test
  void followsThePricesOfToday() {
    StackId dear = fixture.lock(order(1, DEAR)).stack();
    fixture.lock(order(1, CHEAP));

    NodeOffer cheaperNow = new NodeOffer(DEAR.nodeSmallId(), 1);
    assertThat(fixture.lock(order(1, cheaperNow, CHEAP)).stack()).isEqualTo(dear);
  }

  @Test
  void passesOverStackOnNodeThatIsNotOffered() {
    StackId cheap = fixture.lock(order(1, CHEAP)).stack();

    LockOutcome.Locked locked = fixture.lock(order(1, DEAR));
    assertThat(locked.nodeSmallId()).isEqualTo(DEAR.nodeSmallId());
    assertThat(locked.stack()).isNotEqualTo(cheap);
  }

  @Test
  void givesEachUserOwnStacks() {
    StackId anns = fixture.lock(order(1)).stack();

    assertThat(accounts.lock(BOB, order(1)))
        .isInstanceOfSatisfying(
            LockOutcome.Locked.class, locked -> assertThat(locked.stack()).isNotEqualTo(anns));
  }

  @Test
  void givesEachModelOwnStacks() {
    StackId chat = fixture.lock(order(1)).stack();

    LockOrder other = new LockOrder("m/other", false, 1, TIMEOUT, List.of(CHEAP));
    assertThat(fixture.lock(other).stack()).isNotEqualTo(chat);
  }

  @Test
  void sellsLargerStacksForImageModels() {
    LockOrder image = new LockOrder("m/image", true, IMAGE_STACK_UNITS, TIMEOUT, List.of(CHEAP));

    assertThat(fixture.stack(fixture.lock(image).stack()).sizeUnits()).isEqualTo(IMAGE_STACK_UNITS);
    assertThat(fixture.ann().balanceUnits()).isEqualTo(BALANCE_UNITS - 2_000);
  }

  @Test
  void locksExactlyOneWholeStack() {
    assertThat(fixture.stack(fixture.lock(order(STACK_UNITS)).stack()).freeUnits()).isZero();
  }

  @Test
  void refusesMoreThanAStackHoldsAndChangesNothing() {
    Books before = accounts.books();

    assertThat(accounts.lock(ANN, order(STACK_UNITS + 1)))
        .isEqualTo(new LockOutcome.MoreThanAStack(STACK_UNITS));
    assertThat(accounts.lock(ANN, order(Long.MAX_VALUE)))
        .isEqualTo(new LockOutcome.MoreThanAStack(STACK_UNITS));
    assertThat(accounts.books()).isEqualTo(before);
    assertThat(fixture.clock.pendingTimers()).isZero();
  }

  @Test
  void refusesWithoutAnyNodeEvenWhereAStackHasRoom() {
    fixture.lock(order(1));

    assertThat(accounts.lock(ANN, order(1, new NodeOffer[0]))).isEqualTo(new LockOutcome.NoNode());
  }

  @Test
  void refusesWhenTheBalanceDoesNotPayForAStack() {
    Fixture poor = new Fixture(new AccountSettings(STACK_UNITS, IMAGE_STACK_UNITS), 999);

    assertThat(poor.accounts.lock(ANN, order(1))).isEqualTo(new LockOutcome.BalanceTooLow());
    assertThat(poor.ann().balanceUnits()).isEqualTo(999);
    assertThat(poor.accounts.books().stacks()).isEmpty();
  }

  @Test
  void spendsTheBalanceToTheLastUnit() {
    Fixture exact = new Fixture(new AccountSettings(STACK_UNITS, IMAGE_STACK_UNITS), 1_000);
    exact.lock(order(STACK_UNITS));

    assertThat(exact.ann().balanceUnits()).isZero();
    assertThat(exact.accounts.lock(ANN, order(1))).isEqualTo(new LockOutcome.BalanceTooLow());
  }

  @Test
  void refusesStackThatCostsMoreThanAnyBalance() {
    Fixture rich = new Fixture(new AccountSettings((1L << 53) - 1, 1), Long.MAX_VALUE);

    assertThat(rich.accounts.lock(ANN, order(1, new NodeOffer(1, Long.MAX_VALUE))))
        .isEqualTo(new LockOutcome.BalanceTooLow());
  }

  @Test
  void boundsTheLiveLocksOfAUser() {
    Fixture bounded = new Fixture(new AccountSettings(STACK_UNITS, STACK_UNITS, 2, 10), 10_000);
    bounded.lock(order(1));
    StackId stack = bounded.lock(order(1)).stack();

    assertThat(bounded.accounts.lock(ANN, order(1))).isEqualTo(new LockOutcome.TooManyLocks());
    assertThat(bounded.accounts.lock(BOB, order(1))).isInstanceOf(LockOutcome.Locked.class);
    assertThat(bounded.canConsume(ANN, stack, MODEL, 1)).isTrue();
    assertThat(bounded.accounts.lock(ANN, order(1))).isInstanceOf(LockOutcome.Locked.class);
  }

  @Test
  void boundsTheOpenStacksOfAUser() {
    Fixture bounded = new Fixture(new AccountSettings(STACK_UNITS, STACK_UNITS, 10, 2), 10_000);
    bounded.lock(order(STACK_UNITS));
    bounded.lock(order(STACK_UNITS - 1));

    assertThat(bounded.accounts.lock(ANN, order(2))).isEqualTo(new LockOutcome.TooManyLocks());
    assertThat(bounded.ann().balanceUnits()).isEqualTo(8_000);
    assertThat(bounded.accounts.lock(ANN, order(1))).isInstanceOf(LockOutcome.Locked.class);
  }

  @Test
  void refusesUserWithoutAccount() {
    UserId stranger = new UserId(99);

    assertThatIllegalArgumentException().isThrownBy(() -> accounts.lock(stranger, order(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accounts.consume(stranger, new StackId(1), MODEL, 1));
  }

  @Test
  void keepsNoUnitsWhereNoTimerCanBeStarted() {
    fixture.clock.refuseTimers();

    assertThatIllegalStateException().isThrownBy(() -> accounts.lock(ANN, order(1)));
    assertThat(accounts.books().stacks())
        .singleElement()
        .satisfies(stack -> assertThat(stack.reservedUnits()).isZero());
  }
}
