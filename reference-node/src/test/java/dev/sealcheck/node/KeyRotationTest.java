package dev.sealcheck.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyRotationTest {

  private final SecureRandom random = new SecureRandom();
  private final Enclave enclave =
      new Enclave(SigningKey.generateEd25519(random), random, UnaryOperator.identity(), 100);
  private final BlockingQueue<X25519PublicKey> announced = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final X25519PublicKey first = enclave.publicKey();
  private volatile KeyRotation.Announcement proxy = announced::add;
  private final KeyRotation rotation =
      new KeyRotation(enclave, key -> proxy.announce(key), outcomes::add, new CapturedTimers());

  @AfterEach
  void close() {
    rotation.close();
  }

  @Test
  void takesTheNextKeyIntoUseOnceItIsAccepted() throws Exception {
    List<X25519PublicKey> currentMeanwhile = new ArrayList<>();
    proxy =
        key -> {
          announced.add(key);
          currentMeanwhile.add(enclave.publicKey());
        };
    X25519PublicKey next = rotation.rotate();
    assertThat(announced).containsExactly(next);
    assertThat(currentMeanwhile).containsExactly(first);
    assertThat(enclave.publicKey()).isEqualTo(next).isNotEqualTo(first);
    assertThat(outcomes).containsExactly(true);
  }

  @Test
  void keepsTheOldKeyAndForgetsTheNextWhenTheProxyRefuses() throws Exception {
    proxy =
        key -> {
          announced.add(key);
          throw new RefusedRegistration(401);
        };
    assertThatExceptionOfType(RefusedRegistration.class).isThrownBy(rotation::rotate);
    assertThat(enclave.publicKey()).isEqualTo(first);
    assertThat(outcomes).containsExactly(false);
    assertThat(enclave.prepareNext()).isNotEqualTo(announced.take());
  }

  @Test
  void announcesTheSameKeyAgainWhereTheProxyMayHaveTakenIt() throws Exception {
    proxy =
        key -> {
          announced.add(key);
          throw new IOException("no answer");
        };
    assertThatExceptionOfType(IOException.class).isThrownBy(rotation::rotate);
    assertThat(enclave.publicKey()).isEqualTo(first);
    proxy = announced::add;
    assertThat(rotation.rotate()).isEqualTo(announced.take()).isEqualTo(announced.take());
  }

  @Test
  void rotatesOneAfterTheOther() throws Exception {
    CountDownLatch announcing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    proxy =
        key -> {
          announced.add(key);
          announcing.countDown();
          goOn.await();
        };
    CompletableFuture<X25519PublicKey> one = CompletableFuture.supplyAsync(this::rotate);
    announcing.await();
    CompletableFuture<X25519PublicKey> two = CompletableFuture.supplyAsync(this::rotate);
    assertThat(announced).hasSize(1);
    goOn.countDown();
    assertThat(one.get(10, TimeUnit.SECONDS)).isNotEqualTo(two.get(10, TimeUnit.SECONDS));
    assertThat(announced).hasSize(2);
    assertThat(outcomes).containsExactly(true, true);
  }

  @Test
  void rotatesAgainAndAgainUntilItIsClosed() throws Exception {
    rotation.every(Duration.ofMinutes(5));
    timers.remove(0).run();
    assertThat(outcomes.take()).isTrue();
    assertThat(enclave.publicKey()).isNotEqualTo(first);
    rotation.close();
    timers.remove(0).run();
    assertThat(timers).isEmpty();
  }

  @Test
  void survivesABackgroundRotationThatFails() throws Exception {
    proxy =
        key -> {
          throw new RefusedRegistration(502);
        };
    rotation.every(Duration.ofMinutes(5));
    timers.remove(0).run();
    assertThat(outcomes.take()).isFalse();
    proxy = announced::add;
    assertThat(rotation.rotate()).isEqualTo(enclave.publicKey());
  }

  private X25519PublicKey rotate() {
    try {
      return rotation.rotate();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Timers that a test runs. */
  private final class CapturedTimers implements Timekeeper {

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void pause(Duration delay) {
      throw new UnsupportedOperationException("nothing waits here");
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      assertThat(delay).isEqualTo(Duration.ofMinutes(5));
      timers.add(task);
      return () -> timers.remove(task);
    }
  }
}
