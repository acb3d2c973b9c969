package dev.sealcheck.conformance.engine;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A value that one thread sets once and others wait for. */
final class Awaited<T> {
  private final String what;
  private final CompletableFuture<T> value = new CompletableFuture<>();

  /** Says what is waited for, in words for the report. */
  Awaited(String what) {
    this.what = what;
  }

  /** Sets the value; false where it has one. */
  boolean set(T given) {
    return value.complete(given);
  }

  /** The value, if it is there. */
  Optional<T> now() {
    return Optional.ofNullable(value.getNow(null));
  }

  /**
   * The value.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if it does not come before the deadline
   */
  T await(Deadline deadline) {
    try {
      return value.get(deadline.remaining(what).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw deadline.hung(what);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("only values are set", impossible);
    }
  }
}
