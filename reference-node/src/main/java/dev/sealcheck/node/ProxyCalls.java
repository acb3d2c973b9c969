package dev.sealcheck.node;

import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls to the proxy, each tried again while the proxy cannot be reached. */
final class ProxyCalls {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  /** No answer that a node asks for is nearly as large. */
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final URI proxy;
  private final Timekeeper time;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CALL_LIMIT)
          .build();

  ProxyCalls(URI proxy, Timekeeper time) {
    this.proxy = proxy;
    this.time = time;
  }

  /** A call of {@code path} with a time limit, to be completed by its caller. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(proxy.resolve(path)).timeout(CALL_LIMIT);
  }

  /**
   * The body of an answer with status 200, up to its cap.
   *
   * @throws RefusedRegistration if the status is another
   * @throws IOException if the proxy cannot be reached within {@code patience}
   */
  byte[] send(HttpRequest request, Duration patience) throws IOException, InterruptedException {
    long end = time.nanoTime() + patience.toNanos();
    while (true) {
      try {
        HttpResponse<InputStream> answer =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
          if (answer.statusCode() != 200) {
            throw new RefusedRegistration(answer.statusCode());
          }
          return body.readNBytes(MAX_ANSWER_BYTES);
        }
      } catch (RefusedRegistration refused) {
        throw refused;
      } catch (IOException unreachable) {
        if (time.nanoTime() - end > 0) {
          throw new IOException("the proxy at " + proxy + " cannot be reached", unreachable);
        }
        time.pause(BETWEEN_TRIES);
      }
    }
  }
}
