package dev.sealcheck.node;

import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the node's key without losing a request, docs/PROTOCOL.md section 10: the next key is
 * announced first, and taken into use when it was accepted. One rotation at a time.
 */
final class KeyRotation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

  /** Tells the proxy a key. */
  @FunctionalInterface
  interface Announcement {

    /**
     * Returns once the key is accepted.
     *
     * @throws RefusedRegistration if it was refused
     * @throws IOException if it is not known whether it was taken
     */
    void announce(X25519PublicKey key) throws IOException, InterruptedException;
  }

  /** Is told how each rotation ended. */
  @FunctionalInterface
  interface Outcomes {
    /** A rotation is over. */
    void rotated(boolean done);
  }

  private final Enclave enclave;
  private final Announcement proxy;
  private final Outcomes outcomes;
  private final Timekeeper time;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "rotation");
            thread.setDaemon(true);
            return thread;
          });

  /** Rotates the key of {@code enclave}, beginning at once when it is full. */
  KeyRotation(Enclave enclave, Announcement proxy, Outcomes outcomes, Timekeeper time) {
    this.enclave = enclave;
    this.proxy = proxy;
    this.outcomes = outcomes;
    this.time = time;
    enclave.whenFull(() -> soon(enclave::isFull));
  }

  /**
   * Rotates, after a rotation that is under way.
   *
   * @return the key that is current now
   * @throws RefusedRegistration if the proxy refused the next key, which is forgotten; the old one
   *     stays
   * @throws IOException if it is not known whether the proxy has taken it: the old key stays, and
   *     requests under either are opened until a later rotation brings it to an end
   */
  X25519PublicKey rotate() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    boolean done = false;
    try {
      X25519PublicKey next = enclave.prepareNext();
      proxy.announce(next);
      enclave.changeOver();
      done = true;
      log.atInfo().addKeyValue("public_key", next.bytes().toBase64()).log("key rotated");
      return next;
    } catch (RefusedRegistration e) {
      enclave.dropNext();
      throw e;
    } finally {
      outcomes.rotated(done);
      lock.unlock();
    }
  }

  /** Rotates in the background again and again, until this is closed. */
  void every(Duration interval) {
    time.after(
        interval,
        () -> {
          if (!background.isShutdown()) {
            soon(() -> true);
            every(interval);
          }
        });
  }

  @Override
  public void close() {
    background.shutdownNow();
  }

  /** Does nothing while a rotation in the background is already asked for or under way. */
  private void soon(BooleanSupplier needed) {
    if (!asked.compareAndSet(false, true)) {
      return;
    }
    try {
      background.execute(() -> rotateIf(needed));
    } catch (RejectedExecutionException e) {
      log.atDebug().log("no rotation, since the node stops");
    }
  }

  private void rotateIf(BooleanSupplier needed) {
    try {
      // Whoever asked may have seen a key that was replaced since.
      if (needed.getAsBoolean()) {
        rotate();
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("key not rotated");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      asked.set(false);
    }
  }
}
