package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends calls whose answers are not streams, by REST Assured, one thread a call. */
final class PlainSender implements AutoCloseable {
  private static final RestAssuredConfig CONFIG =
      RestAssuredConfig.newConfig()
          .redirect(RedirectConfig.redirectConfig().followRedirects(false))
          .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders())
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .appendDefaultContentCharsetToContentTypeIfUndefined(false));

  private final SuiteClock clock;
  private final Wire wire = new Wire();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "sealcheck-exchange");
            thread.setDaemon(true);
            return thread;
          });

  PlainSender(SuiteClock clock) {
    this.clock = clock;
  }

  /**
   * The exchange as it went; one that the deadline cut has the failure TIMEOUT.
   *
   * @throws InterruptedException if the thread is interrupted; the call is cut
   */
  Exchange send(HttpCall call, UploadEntity upload, Deadline deadline, int capBytes)
      throws InterruptedException {
    Reception reception = new Reception(capBytes);
    ExactHttpClient client = new ExactHttpClient(wire, call, upload, reception, clock);
    long start = clock.nanoTime();
    Future<Optional<ExchangeFailure>> sending = threads.submit(() -> run(call, client));
    Optional<ExchangeFailure> failure;
    try {
      failure = await(sending, deadline);
    } finally {
      // Does nothing to a call that is over.
      client.abort();
    }
    return reception.snapshot(call, failure, start, clock.nanoTime());
  }

  private static Optional<ExchangeFailure> await(
      Future<Optional<ExchangeFailure>> sending, Deadline deadline) throws InterruptedException {
    while (!deadline.isPast()) {
      try {
        Duration left = Duration.ofNanos(deadline.endNanos() - deadline.clock().nanoTime());
        return sending.get(Math.max(1, left.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException notYet) {
        // The loop asks the suite's clock whether that was the end.
      } catch (ExecutionException bug) {
        throw new IllegalStateException("the sender failed, not the target", bug.getCause());
      }
    }
    return Optional.of(
        new ExchangeFailure(
            ExchangeFailure.Kind.TIMEOUT, "no end within " + deadline.limit().toMillis() + " ms"));
  }

  private static Optional<ExchangeFailure> run(HttpCall call, ExactHttpClient client) {
    try {
      RequestSpecification request =
          RestAssured.given()
              .config(
                  CONFIG.httpClient(
                      HttpClientConfig.httpClientConfig().httpClientFactory(() -> client)))
              .urlEncodingEnabled(false);
      call.body().map(Bytes::toArray).ifPresent(request::body);
      request.request(call.method(), origin(call.uri()));
      return Optional.empty();
    } catch (Exception thrown) {
      // REST Assured throws the client's IOException unchecked; what is none is our own fault.
      IOException network = client.failure();
      if (network == null) {
        throw new IllegalStateException("REST Assured refused the call", thrown);
      }
      return Optional.of(NetworkFailure.of(network));
    }
  }

  /** An address that REST Assured takes without rewriting; the client sends the call's own. */
  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority() + "/";
  }

  @Override
  public void close() {
    threads.shutdownNow();
    wire.close();
  }
}
