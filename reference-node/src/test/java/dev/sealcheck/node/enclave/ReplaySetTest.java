package dev.sealcheck.node.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealcheck.node.enclave.ReplaySet.Admission;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplaySetTest {

  private static final int A_MILLION = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(1);

  @Property(tries = 300)
  void knowsExactlyWhatItWasShown(
      @ForAll @Size(max = 400) List<@IntRange(max = 99) Integer> shown,
      @ForAll @IntRange(min = 1, max = 120) int limit,
      @ForAll long seed) {
    ReplaySet set = new ReplaySet(limit, new SplittableRandom(seed));
    Set<Integer> model = new HashSet<>();
    for (int number : shown) {
      Admission expected =
          model.contains(number)
              ? Admission.REPLAYED
              : model.size() < limit ? Admission.NEW : Admission.NO_ROOM;
      assertThat(set.admit(fingerprint(number, number % 3))).isEqualTo(expected);
      if (expected == Admission.NEW) {
        model.add(number);
      }
      assertThat(set.entries()).isEqualTo(model.size());
      assertThat(set.isFull()).isEqualTo(model.size() == limit);
    }
  }

  @Test
  void tellsFingerprintsApartThatShareTheirPlace() {
    ReplaySet set = new ReplaySet(A_MILLION, random);
    // Halves that cancel each other out all want the same place.
    for (int i = 0; i < 1_000; i++) {
      assertThat(set.admit(fingerprint(i, i))).isEqualTo(Admission.NEW);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(set.admit(fingerprint(i, i))).isEqualTo(Admission.REPLAYED);
      assertThat(set.admit(fingerprint(i, i + 1_000))).isEqualTo(Admission.NEW);
    }
  }

  @Test
  void admitsEachOnceUnderManyThreadsAndNeverOverItsLimit() throws Exception {
    ReplaySet set = new ReplaySet(5_000, random);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> tries = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        tries.add(
            () -> {
              int admitted = 0;
              for (int i = 0; i < 6_000; i++) {
                admitted += set.admit(fingerprint(i * 31L, i)) == Admission.NEW ? 1 : 0;
              }
              return admitted;
            });
      }
      int admitted = 0;
      for (Future<Integer> result : threads.invokeAll(tries)) {
        admitted += result.get();
      }
      assertThat(admitted).isEqualTo(5_000);
      assertThat(set.entries()).isEqualTo(5_000);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void remembersAMillionInLessThanSixtyFourBytesEach() {
    long before = usedHeapBytes();
    ReplaySet set = new ReplaySet(A_MILLION, random);
    byte[] fingerprint = new byte[16];
    SplittableRandom fingerprints = new SplittableRandom(2);
    for (int i = 0; i < A_MILLION; i++) {
      fingerprints.nextBytes(fingerprint);
      assertThat(set.admit(fingerprint) == Admission.NEW).isTrue();
    }
    long measured = usedHeapBytes() - before;
    assertThat(set.isFull()).isTrue();
    assertThat(set.bytes()).isBetween(16L * A_MILLION, 64L * A_MILLION);
    assertThat(measured).isLessThan(64L * A_MILLION);
  }

  @Test
  void takesFingerprintsOfOneSizeAndAPositiveLimitOnly() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplaySet(0, random));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReplaySet(1, random).admit(new byte[15]));
  }

  private static byte[] fingerprint(long high, long low) {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  private static long usedHeapBytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
