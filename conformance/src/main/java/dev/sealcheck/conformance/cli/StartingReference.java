package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.target.ReferenceUnderTest;
import dev.sealcheck.conformance.time.SuiteClock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A reference under test that starts on a thread of its own; closing stops it in any state. */
final class StartingReference implements AutoCloseable {

  /** Longer than the deployment itself takes to stop its parts. */
  private static final int STOP_LIMIT_SECONDS = 30;

  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "start-reference"));
  private final AtomicReference<ReferenceUnderTest> up = new AtomicReference<>();
  private final Future<ReferenceUnderTest> deployment;

  private StartingReference(SuiteClock clock) {
    this.deployment =
        starter.submit(
            () -> {
              up.set(ReferenceUnderTest.start(Optional.empty(), clock));
              return up.get();
            });
  }

  static StartingReference begin(SuiteClock clock) {
    return new StartingReference(clock);
  }

  /**
   * The reference once it answers.
   *
   * @throws dev.sealcheck.conformance.target.DeploymentException if it does not start
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  ReferenceUnderTest await() throws InterruptedException {
    try {
      return deployment.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException("the reference could not be started", e.getCause());
    }
  }

  @Override
  public void close() {
    // An interrupted start stops its own children; one that has finished is stopped here.
    starter.shutdownNow();
    try {
      if (!starter.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "the start of the reference did not end within " + STOP_LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Optional.ofNullable(up.get()).ifPresent(ReferenceUnderTest::close);
    }
  }
}
