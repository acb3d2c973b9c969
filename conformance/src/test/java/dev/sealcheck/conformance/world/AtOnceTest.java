package dev.sealcheck.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AtOnceTest {

  private static final int LONG_ENOUGH_SECONDS = 10;

  @Test
  void runsAllAtTheSameTime() {
    // Nobody passes the barrier before all have come to it.
    CyclicBarrier all = new CyclicBarrier(8);

    List<Integer> results =
        AtOnce.of(
            8,
            number -> {
              await(all);
              return number;
            });

    assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void doesMoreCallsThanThreadsInTheOrderOfTheirNumbers() {
    Set<String> threads = ConcurrentHashMap.newKeySet();

    List<Integer> results =
        AtOnce.of(
            100,
            4,
            number -> {
              threads.add(Thread.currentThread().toString());
              return number * number;
            });

    assertThat(results).hasSize(100).startsWith(0, 1, 4).endsWith(99 * 99);
    assertThat(threads).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void handsOnWhatACallThrows() {
    assertThatThrownBy(
            () ->
                AtOnce.of(
                    3,
                    number -> {
                      throw new NotRun("no reason");
                    }))
        .isInstanceOf(NotRun.class);
    assertThatThrownBy(
            () ->
                AtOnce.of(
                    3,
                    number -> {
                      throw new CheckFailed("one thing", "another");
                    }))
        .isInstanceOf(CheckFailed.class);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS);
    } catch (Exception tooLate) {
      throw new IllegalStateException("not all came", tooLate);
    }
  }
}
