package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.net.http.HttpResponse;
import java.util.OptionalInt;

/**
 * A row of the table of refusals, docs/PROTOCOL.md section 9.
 *
 * @param retryAfter the seconds of {@code Retry-After}; without them, the header must be missing
 */
record Refusal(int status, String code, OptionalInt retryAfter) {

  Refusal(int status, String code) {
    this(status, code, OptionalInt.empty());
  }

  /** Compares status, form and code of an answer, all that section 9 says of it. */
  void assertIs(HttpResponse<byte[]> answer) throws Exception {
    String body = new String(answer.body(), UTF_8);
    assertThat(answer.statusCode()).as(body).isEqualTo(status);
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    JsonNode error = StrictJson.parseObject("error", answer.body()).path("error");
    String message = error.path("message").textValue();
    assertThat(message).matches("[A-Z][A-Za-z', :/]+\\.");
    assertThat(body)
        .isEqualTo("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    assertThat(answer.headers().allValues("Retry-After"))
        .isEqualTo(retryAfter.stream().mapToObj(Integer::toString).toList());
  }

  @Override
  public String toString() {
    return status + " " + code;
  }
}
