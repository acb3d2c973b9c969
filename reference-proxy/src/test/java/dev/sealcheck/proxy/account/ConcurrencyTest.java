package dev.sealcheck.proxy.account;

import static dev.sealcheck.proxy.account.Fixture.ANN;
import static dev.sealcheck.proxy.account.Fixture.MODEL;
import static dev.sealcheck.proxy.account.Fixture.STACK_UNITS;
import static dev.sealcheck.proxy.account.Fixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConcurrencyTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Fixture fixture =
      new Fixture(new AccountSettings(STACK_UNITS, STACK_UNITS), 1_000_000);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void buysNoMoreStacksThanTwoHundredParallelFirstLocksNeed() throws Exception {
    List<LockOutcome> outcomes =
        allAtOnce(nTimes(200, () -> fixture.accounts.lock(ANN, order(100))));

    assertThat(outcomes).hasOnlyElementsOfType(LockOutcome.Locked.class);
    assertThat(fixture.accounts.books().stacks())
        .hasSize(20)
        .allSatisfy(stack -> assertThat(stack.freeUnits()).isZero());
    assertThat(fixture.ann().balanceUnits()).isEqualTo(1_000_000 - 20 * 1_000);
  }

  @Test
  void locksNoMoreThanTheBalancePaysForFromTwoHundredThreads() throws Exception {
    Fixture poor = new Fixture(new AccountSettings(STACK_UNITS, STACK_UNITS), 1_999);

    List<LockOutcome> outcomes = allAtOnce(nTimes(200, () -> poor.accounts.lock(ANN, order(100))));

    assertThat(outcomes).filteredOn(LockOutcome.Locked.class::isInstance).hasSize(10);
    assertThat(outcomes).filteredOn(LockOutcome.BalanceTooLow.class::isInstance).hasSize(190);
    assertThat(poor.ann().balanceUnits()).isEqualTo(999);
  }

  @RepeatedTest(20)
  void letsOneOfTwoThreadsConsumeALock() throws Exception {
    StackId stack = fixture.lock(order(100)).stack();

    List<Optional<Reservation>> found =
        allAtOnce(nTimes(2, () -> fixture.accounts.consume(ANN, stack, MODEL, 100)));

    assertThat(found).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(fixture.stack(stack).openReservations()).isEqualTo(1);
  }

  @RepeatedTest(20)
  void letsOneOfManySettlementsWin() throws Exception {
    Reservation reservation = fixture.reserve(100);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(() -> reservation.settle(50).isPresent());
      calls.add(reservation::release);
      calls.add(reservation::giveBack);
    }

    assertThat(allAtOnce(calls)).containsOnlyOnce(true);
    assertThat(fixture.stack(reservation.stack()).openReservations()).isZero();
    assertThat(fixture.stack(reservation.stack()).usedUnits()).isIn(0L, 50L);
  }

  @RepeatedTest(20)
  void freesOnceTheLockThatExpiresWhileItIsConsumed() throws Exception {
    StackId stack = fixture.lock(order(100)).stack();
    fixture.clock.moveWithoutTimers(Fixture.TIMEOUT.minusNanos(1));

    List<Integer> charged =
        allAtOnce(
            List.of(
                () -> {
                  fixture.clock.advance(Duration.ofNanos(1));
                  return 0;
                },
                () ->
                    fixture
                        .accounts
                        .consume(ANN, stack, MODEL, 100)
                        .map(reservation -> (int) reservation.settle(60).orElseThrow())
                        .orElse(0)));

    assertThat(fixture.stack(stack).usedUnits()).isEqualTo(charged.get(0) + charged.get(1));
    assertThat(fixture.stack(stack).reservedUnits()).isZero();
  }

  @Test
  void keepsTheBooksRightUnderAMixOfRequests() throws Exception {
    List<Callable<Long>> users = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int seed = thread;
      users.add(() -> runRequests(seed));
    }

    long charged = allAtOnce(users).stream().mapToLong(Long::longValue).sum();
    fixture.clock.advance(LockOrder.MAX_TIMEOUT);

    Books books = fixture.accounts.books();
    assertThat(books.stacks())
        .allSatisfy(
            stack -> {
              assertThat(stack.reservedUnits()).isZero();
              assertThat(stack.usedUnits()).isLessThanOrEqualTo(stack.sizeUnits());
            });
    long used = books.stacks().stream().mapToLong(Books.StackEntry::usedUnits).sum();
    assertThat(used + fixture.ann().forgottenUsedUnits()).isEqualTo(charged);
    assertThat(fixture.clock.pendingTimers()).isZero();
  }

  private long runRequests(int seed) {
    long charged = 0;
    for (int round = 0; round < 300; round++) {
      int kind = (round + seed) % 5;
      StackId stack = fixture.lock(order(100 + 10L * kind)).stack();
      if (kind == 4) {
        fixture.clock.advance(Duration.ofMillis(100));
      }
      Optional<Reservation> found = fixture.accounts.consume(ANN, stack, MODEL, 100);
      if (found.isPresent() && kind == 3) {
        found.get().giveBack();
      } else if (found.isPresent() && kind == 2) {
        found.get().release();
      } else if (found.isPresent()) {
        charged += found.get().settle(70 + 40L * kind).orElseThrow();
      }
      assertThat(fixture.accounts.books().stacks())
          .allSatisfy(entry -> assertThat(entry.freeUnits()).isNotNegative());
    }
    return charged;
  }

  private static <T> List<Callable<T>> nTimes(int times, Callable<T> call) {
    return IntStream.range(0, times).mapToObj(i -> call).toList();
  }

  /** Returns what the calls returned that all started at the same moment. */
  private <T> List<T> allAtOnce(List<? extends Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> call : calls) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return call.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      results.add(future.get());
    }
    return results;
  }
}
