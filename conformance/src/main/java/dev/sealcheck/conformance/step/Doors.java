package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.target.Target;

/** The endpoints that ask for a token, docs/PROTOCOL.md section 2. */
final class Doors {

  private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

  private Doors() {}

  /** A call of the endpoint that features call {@code name}, without a token. */
  static HttpCall call(Target target, String name) {
    return switch (name) {
      case "models" -> HttpCall.get(target.uri("/v1/models"));
      case "lock" -> HttpCall.post(target.uri("/v1/nodes/lock"), EMPTY_OBJECT);
      case "chat" -> HttpCall.post(target.uri(Endpoint.CHAT.path()), EMPTY_OBJECT);
      case "completions" -> HttpCall.post(target.uri(Endpoint.COMPLETIONS.path()), EMPTY_OBJECT);
      case "embeddings" -> HttpCall.post(target.uri(Endpoint.EMBEDDINGS.path()), EMPTY_OBJECT);
      case "images" -> HttpCall.post(target.uri(Endpoint.IMAGES.path()), EMPTY_OBJECT);
      default -> throw new IllegalArgumentException("no endpoint is called " + name);
    };
  }
}
