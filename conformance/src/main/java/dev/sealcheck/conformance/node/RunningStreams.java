package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that a proxy can stop, by its request id (docs/PROTOCOL.md section 2). */
final class RunningStreams {
  private static final String DOMAIN = "stop-streamer:";

  private final Map<String, Running> running = new ConcurrentHashMap<>();

  /** A stream and who signed its request, empty where nobody validly did. */
  private record Running(NodeStream stream, Optional<String> proxy) {}

  void add(String requestId, NodeStream stream, Optional<String> proxy) {
    running.put(requestId, new Running(stream, proxy));
  }

  void remove(NodeStream stream) {
    running.values().removeIf(entry -> entry.stream == stream);
  }

  /** Stops the stream where it runs and its own proxy asks; says what to answer. */
  StopCall stop(Optional<String> requestId, Optional<String> signature) {
    BodyHash signed = BodyHash.of(Bytes.utf8(DOMAIN + requestId.orElse("")));
    Optional<String> signer = ProxySignature.signer(signature, signed);
    Running found = requestId.map(running::get).orElse(null);
    if (signer.isEmpty() || (found != null && !found.proxy.equals(signer))) {
      return new StopCall(requestId, signer, NodeCode.AUTH_ERROR.status());
    }
    if (found == null) {
      return new StopCall(requestId, signer, NodeCode.NOT_FOUND.status());
    }
    found.stream.askToStop();
    return new StopCall(requestId, signer, 200);
  }
}
