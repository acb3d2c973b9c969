package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.host.HostedCall;
import java.io.IOException;

/** The form of every error (docs/PROTOCOL.md section 9). */
final class ErrorObject {
  private ErrorObject() {}

  static Bytes of(String code, String message) {
    ObjectNode error = StrictJson.object();
    error.putObject("error").put("code", code).put("message", message);
    return StrictJson.write(error);
  }

  /** One without a code, as a server of another make might write it. */
  static Bytes codeless(String message) {
    ObjectNode error = StrictJson.object();
    error.putObject("error").put("message", message);
    return StrictJson.write(error);
  }

  static void answer(HostedCall call, NodeCode code) throws IOException {
    call.answerJson(code.status(), of(code.name(), "refused by the scripted node"));
  }
}
