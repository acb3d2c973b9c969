package dev.sealcheck.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells the proxy where this node answers and which key it has now; docs/PROTOCOL.md section 2. */
final class Registration {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private final URI proxy;
  private final SigningKey signingKey;
  private final Timekeeper time;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CALL_LIMIT)
          .build();

  Registration(URI proxy, SigningKey signingKey, Timekeeper time) {
    this.proxy = proxy;
    this.signingKey = signingKey;
    this.time = time;
  }

  /**
   * Registers; tries again while the proxy cannot be reached.
   *
   * @throws RefusedRegistration if the proxy refuses
   * @throws IOException if it cannot be reached within {@code patience}
   */
  void register(
      long nodeSmallId, URI publicAddress, String country, X25519PublicKey key, Duration patience)
      throws IOException, InterruptedException {
    ObjectNode data = StrictJson.newObject();
    data.put("node_small_id", nodeSmallId);
    data.put("public_address", publicAddress.toString());
    data.put("country", country);
    data.put("public_key", key.bytes().toBase64());
    ObjectNode message = StrictJson.newObject();
    message.set("data", data);
    message.put("signature", signingKey.sign(Blake2b256.of(StrictJson.write(data))).toText());
    HttpRequest request =
        HttpRequest.newBuilder(proxy.resolve("/v1/nodes"))
            .timeout(CALL_LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(StrictJson.write(message)))
            .build();
    long end = time.nanoTime() + patience.toNanos();
    while (true) {
      try {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw new RefusedRegistration(status);
        }
        return;
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
