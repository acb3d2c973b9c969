package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UserPoolTest {

  private final HandClock clock = new HandClock();
  private final TestUser anna = new TestUser("anna", new BearerToken("a"));
  private final TestUser bert = new TestUser("bert", new BearerToken("b"));
  private final UserPool pool = new UserPool(List.of(anna, bert), clock);

  @Test
  void lendsEachUserToOneBorrowerAtATime() throws InterruptedException {
    try (UserLoan one = pool.borrow(in(1));
        UserLoan other = pool.borrow(in(1))) {
      assertThat(List.of(one.user(), other.user())).containsExactlyInAnyOrder(anna, bert);
    }
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void waitsForAUserThatIsGivenBack() throws Exception {
    UserPool single = new UserPool(List.of(anna), SuiteClock.system());
    UserLoan loan = single.borrow(Deadline.in(SuiteClock.system(), Duration.ofSeconds(10)));
    CountDownLatch waiting = new CountDownLatch(1);
    FutureTask<TestUser> second =
        new FutureTask<>(
            () -> {
              waiting.countDown();
              Deadline deadline = Deadline.in(SuiteClock.system(), Duration.ofSeconds(10));
              try (UserLoan next = single.borrow(deadline)) {
                return next.user();
              }
            });
    Thread thread = new Thread(second, "second borrower");
    thread.start();
    waiting.await();
    assertThat(second.isDone()).isFalse();

    loan.close();

    assertThat(second.get()).isSameAs(anna);
    thread.join();
  }

  @Test
  void isNotRunWhereNoUserBecomesFree() throws InterruptedException {
    try (UserLoan one = pool.borrow(in(1));
        UserLoan other = pool.borrow(in(1))) {
      assertThat(one.user()).isNotSameAs(other.user());
      assertThatThrownBy(() -> pool.borrow(in(0)))
          .isInstanceOf(NotRun.class)
          .hasMessageContaining("none of 2 users");
    }
  }

  @Test
  void givesBackOnlyOnce() throws InterruptedException {
    UserLoan loan = pool.borrow(in(1));
    loan.close();
    loan.close();

    try (UserLoan one = pool.borrow(in(1));
        UserLoan other = pool.borrow(in(1))) {
      assertThat(one.user()).isNotSameAs(other.user());
    }
  }

  @Test
  void waitsForTheEndOfEarlierLocksAndTheTolerance() throws InterruptedException {
    UserPool single = new UserPool(List.of(anna), clock);
    long start = clock.nanoTime();
    anna.lockMade(start + Duration.ofSeconds(5).toNanos());
    anna.lockMade(start + Duration.ofSeconds(2).toNanos());

    try (UserLoan loan = single.borrowQuiet(in(30))) {
      assertThat(loan.user().quietAt()).isEmpty();
      assertThat(Duration.ofNanos(clock.nanoTime() - start)).isEqualTo(Duration.ofMillis(5500));
    }
  }

  @Test
  void doesNotWaitForAUsedLock() throws InterruptedException {
    UserPool single = new UserPool(List.of(anna), clock);
    long start = clock.nanoTime();
    anna.lockMade(start + Duration.ofSeconds(5).toNanos());
    anna.lockUsed();

    try (UserLoan loan = single.borrowQuiet(in(30))) {
      assertThat(loan.user()).isSameAs(anna);
      assertThat(clock.nanoTime()).isEqualTo(start);
    }
  }

  @Test
  void keepsTheLaterEndWhereOneOfTwoLocksWasUsed() {
    long start = clock.nanoTime();
    anna.lockMade(start + Duration.ofSeconds(5).toNanos());
    anna.lockMade(start + Duration.ofSeconds(2).toNanos());

    anna.lockUsed();

    assertThat(anna.quietAt()).hasValue(start + Duration.ofMillis(5500).toNanos());
  }

  @Test
  void takesTheUserThatIsQuietEarliest() throws InterruptedException {
    anna.lockMade(clock.nanoTime() + Duration.ofSeconds(9).toNanos());
    bert.lockMade(clock.nanoTime() + Duration.ofSeconds(3).toNanos());

    try (UserLoan loan = pool.borrowQuiet(in(30))) {
      assertThat(loan.user()).isSameAs(bert);
    }
  }

  @Test
  void leavesQuietUsersToThoseWhoNeedThem() throws InterruptedException {
    bert.lockMade(clock.nanoTime() + Duration.ofSeconds(3).toNanos());

    try (UserLoan loan = pool.borrow(in(30))) {
      assertThat(loan.user()).isSameAs(bert);
    }
  }

  @Test
  void isNotRunWhereLocksOutlastTheDeadlineAndGivesTheUserBack() throws InterruptedException {
    UserPool single = new UserPool(List.of(anna), clock);
    anna.lockMade(clock.nanoTime() + Duration.ofMinutes(10).toNanos());

    assertThatThrownBy(() -> single.borrowQuiet(in(30)))
        .isInstanceOf(NotRun.class)
        .hasMessageContaining("anna");

    try (UserLoan loan = single.borrow(in(1))) {
      assertThat(loan.user()).isSameAs(anna);
    }
  }

  @Test
  void forgetsLocksThatExpired() throws InterruptedException {
    anna.lockMade(clock.nanoTime() + Duration.ofSeconds(1).toNanos());
    clock.advance(Duration.ofSeconds(2));

    try (UserLoan one = pool.borrow(in(1));
        UserLoan other = pool.borrow(in(1))) {
      assertThat(one.user().quietAt()).isEmpty();
      assertThat(other.user().quietAt()).isEmpty();
    }
  }

  @Test
  void refusesAPoolWithoutUsers() {
    assertThatThrownBy(() -> new UserPool(List.of(), clock))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makesTokensThatNoTextShows() {
    TestUser user = TestUser.withRandomToken("carla");

    assertThat(user.token().secret()).matches("sk-[A-Za-z0-9_-]{43}");
    assertThat(user.toString() + user.token()).doesNotContain(user.token().secret());
    assertThat(TestUser.withRandomToken("dora").token()).isNotEqualTo(user.token());
  }

  private Deadline in(int seconds) {
    return Deadline.in(clock, Duration.ofSeconds(seconds));
  }
}
