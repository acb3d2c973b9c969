package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.verdict.NotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Does one thing on many threads at the same time. */
public final class AtOnce {

  private AtOnce() {}

  /**
   * What {@code times} calls got on {@code atOnce} threads that began together, in the order of
   * their numbers from 0.
   *
   * @throws NotRun if the run is interrupted
   */
  public static <T> List<T> of(int times, int atOnce, IntFunction<T> thing) {
    AtomicInteger next = new AtomicInteger();
    Map<Integer, T> results = new ConcurrentHashMap<>();
    of(
        Math.min(times, atOnce),
        thread -> {
          for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
            results.put(i, thing.apply(i));
          }
          return thread;
        });
    return List.copyOf(new TreeMap<>(results).values());
  }

  /**
   * What {@code times} threads got that began together, in the order of their numbers from 0.
   *
   * @throws NotRun if the run is interrupted
   */
  public static <T> List<T> of(int times, IntFunction<T> thing) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            times,
            work -> {
              Thread thread = new Thread(work, "at-once");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CountDownLatch ready = new CountDownLatch(times);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        running.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return thing.apply(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error judged) {
        throw judged;
      }
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
