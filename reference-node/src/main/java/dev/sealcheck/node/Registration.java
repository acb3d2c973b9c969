package dev.sealcheck.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Tells the proxy where this node answers and which key it has now; docs/PROTOCOL.md section 2. */
final class Registration {

  private final ProxyCalls proxy;
  private final SigningKey signingKey;

  Registration(ProxyCalls proxy, SigningKey signingKey) {
    this.proxy = proxy;
    this.signingKey = signingKey;
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
        proxy
            .request("/v1/nodes")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(StrictJson.write(message)))
            .build();
    proxy.send(request, patience);
  }
}
