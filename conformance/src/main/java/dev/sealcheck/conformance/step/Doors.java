package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.target.Target;
import java.util.Locale;

/** The endpoints that ask for a token, docs/PROTOCOL.md section 2. */
final class Doors {

  private static final Bytes EMPTY_OBJECT = Bytes.utf8("{}");

  private Doors() {}

  /**
   * A call of the endpoint that features call {@code name}, without a token.
   *
   * @throws dev.sealcheck.conformance.verdict.NotApplicable if the target does not serve it
   */
  static HttpCall call(Target target, String name) {
    return switch (name) {
      case "models" -> HttpCall.get(target.uri("/v1/models"));
      case "lock" -> HttpCall.post(target.uri("/v1/nodes/lock"), EMPTY_OBJECT);
      default -> served(target, Endpoint.valueOf(name.toUpperCase(Locale.ROOT)));
    };
  }

  private static HttpCall served(Target target, Endpoint endpoint) {
    target.profile().offer().require(endpoint);
    return HttpCall.post(target.uri(endpoint.path()), EMPTY_OBJECT);
  }
}
