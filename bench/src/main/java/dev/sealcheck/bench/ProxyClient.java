package dev.sealcheck.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Calls the proxy as a client does; shared by all client threads. */
final class ProxyClient {

  static final String JSON = "application/json";

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final URI proxy;
  private final HttpClient http;

  ProxyClient(URI proxy, HttpClient http) {
    this.proxy = proxy;
    this.http = http;
  }

  /** Where the proxy answers. */
  URI proxy() {
    return proxy;
  }

  /**
   * Locks {@link Job#UNITS} units for the model of {@code job}.
   *
   * @throws IOException if the proxy refuses: nothing in the soak is a reason to
   */
  SealedRequest.Lock lock(Customer customer, Job job, int seconds)
      throws IOException, InterruptedException, MalformedMessageException {
    ObjectNode order = StrictJson.newObject();
    order.put("model", job.model());
    order.put("max_num_tokens", Job.UNITS);
    order.put("timeout", seconds);
    HttpRequest request =
        request("/v1/nodes/lock", Optional.of(customer.token()), JSON, StrictJson.write(order));
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("a lock was refused with " + response.statusCode());
    }
    ObjectNode lock = StrictJson.parseObject("lock", response.body());
    byte[] key =
        Base64Text.decode(
            "public_key", lock.path("public_key").asText(), X25519PublicKey.SIZE_IN_BYTES);
    return new SealedRequest.Lock(
        X25519PublicKey.copyOf(key), lock.path("stack_small_id").longValue());
  }

  /** Sends a request and reads the whole answer. */
  HttpResponse<byte[]> whole(String path, Optional<String> token, String mediaType, byte[] body)
      throws IOException, InterruptedException {
    return http.send(
        request(path, token, mediaType, body), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends a sealed request and returns once the head of the answer is there. */
  HttpResponse<InputStream> stream(Customer customer, SealedRequest sealed)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(sealed.path().path(), Optional.of(customer.token()), JSON, sealed.json());
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest request(String path, Optional<String> token, String mediaType, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(proxy.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request.build();
  }
}
