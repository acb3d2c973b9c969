package dev.sealcheck.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;

/** {@code POST /v1/stop-streamer}: a proxy ends a stream of its own; docs/PROTOCOL.md section 2. */
final class StopEndpoint {

  static final String PATH = "/v1/stop-streamer";

  private static final byte[] DOMAIN = "stop-streamer:".getBytes(UTF_8);
  private static final byte[] OK = "\"OK\"".getBytes(UTF_8);

  private final ProxySignatures signatures;
  private final RunningStreams running;

  StopEndpoint(ProxySignatures signatures, RunningStreams running) {
    this.signatures = signatures;
    this.running = running;
  }

  void answer(Context context) throws RefusedException {
    String id = context.header("X-Request-Id");
    byte[] signed = (id == null ? "" : id).getBytes(UTF_8);
    Address proxy =
        signatures.require(context.header("X-Signature"), Blake2b256.of(DOMAIN, signed));
    running.stop(RunningStreams.id(id), proxy);
    Json.answer(context, 200, OK);
  }
}
