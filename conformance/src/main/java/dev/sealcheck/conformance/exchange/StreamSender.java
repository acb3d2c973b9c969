package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.time.SuiteClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/** Opens streams by the JDK's client, HTTP/1.1, one connection each. */
final class StreamSender implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final String KEEP_ALIVE_SECONDS = "jdk.httpclient.keepalive.timeout";

  static {
    // A connection that the server closes as the next stream is sent would look like a refusal, so
    // none is used again. The JDK reads this only here, when its client class loads; someone who
    // set it keeps their value.
    if (System.getProperty(KEEP_ALIVE_SECONDS) == null) {
      System.setProperty(KEEP_ALIVE_SECONDS, "0");
    }
  }

  private final SuiteClock clock;
  private HttpClient client;

  StreamSender(SuiteClock clock) {
    this.clock = clock;
  }

  StreamExchange open(
      HttpCall call, Deadline deadline, int capBytes, Optional<Transcript> transcript) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutFragment(call.uri()))
            .setHeader("User-Agent", Messenger.USER_AGENT)
            .method(
                call.method(),
                call.body()
                    .map(Bytes::toArray)
                    .map(BodyPublishers::ofByteArray)
                    .orElse(BodyPublishers.noBody()));
    call.wireHeaders().forEach(line -> request.header(line.name(), line.value()));
    StreamExchange stream = new StreamExchange(call, deadline, clock, capBytes, transcript);
    transcript.ifPresent(record -> record.opened(stream));
    stream.start(client(), request.build());
    return stream;
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .connectTimeout(CONNECT_TIMEOUT)
              .build();
    }
    return client;
  }

  private static URI withoutFragment(URI uri) {
    return uri.getRawFragment() == null
        ? uri
        : URI.create(uri.toString().substring(0, uri.toString().indexOf('#')));
  }

  /** Lets go of the client; JDK 17 ends its thread once no stream uses it. */
  @Override
  public synchronized void close() {
    client = null;
  }
}
