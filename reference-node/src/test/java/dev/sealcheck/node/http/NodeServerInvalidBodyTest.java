package dev.sealcheck.node.http;

import static dev.sealcheck.node.http.NodeFixture.assertRefused;
import static dev.sealcheck.node.http.NodeFixture.body;
import static dev.sealcheck.node.http.NodeFixture.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node takes for an invalid body, on every path; docs/PROTOCOL.md sections 2, 7 and 9. */
@Timeout(60)
class NodeServerInvalidBodyTest {

  private static NodeFixture node;

  @BeforeAll
  static void start() throws Exception {
    node = new NodeFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesAnEnvelopeThatIsNotValid(ConfidentialPath path) throws Exception {
    int before = node.engine.calls().size();
    for (String json : List.of("", "null", "[]", "{}", "{", "canary", "\"canary\"")) {
      assertRefused(
          ErrorCode.INVALID_BODY, node.send(node.request(path.path(), json.getBytes(UTF_8))));
    }
    for (String field :
        List.of(
            "ciphertext",
            "client_dh_public_key",
            "node_dh_public_key",
            "nonce",
            "salt",
            "plaintext_body_hash")) {
      for (String text : List.of("AAAA", "!", "AA==\n", "")) {
        assertInvalid(path, node.seal(body(path)), e -> e.put(field, text));
      }
      assertInvalid(path, node.seal(body(path)), e -> e.put(field, 7));
      assertInvalid(path, node.seal(body(path)), e -> e.remove(field));
    }
    assertInvalid(path, node.seal(body(path)), e -> e.put("stack_small_id", "7"));
    assertInvalid(path, node.seal(body(path)), e -> e.put("stack_small_id", 0));
    assertInvalid(path, node.seal(body(path)), e -> e.remove("stack_small_id"));
    assertInvalid(path, node.seal(body(path)), e -> e.put("num_compute_units", -1));
    assertInvalid(path, node.seal(body(path)), e -> e.put("model_name", 7));
    assertInvalid(path, node.seal(body(path)), e -> e.put("stream", "false"));
    assertThat(node.engine.calls()).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesABodyThatIsNotValidOrDisagreesWithItsEnvelope(ConfidentialPath path)
      throws Exception {
    int before = node.engine.calls().size();
    for (String text : List.of("", "[]", "{}", "{", "{\"model\":\"test/small\",\"model\":1}")) {
      assertInvalid(path, node.seal(text.getBytes(UTF_8)), e -> {});
    }
    for (String field : List.of("model", contentField(path))) {
      ObjectNode without = body(path);
      without.remove(field);
      assertInvalid(path, node.seal(without), e -> {});
      assertInvalid(path, node.seal(body(path).put(field, 7)), e -> {});
    }
    assertInvalid(path, node.seal(body(path)), e -> e.put("model_name", "test/other"));
    ObjectNode otherModel = body(path).put("model", "test/other");
    assertInvalid(path, node.seal(otherModel), e -> e.put("model_name", "test/other"));
    assertInvalid(path, node.seal(body(path)), e -> e.put("stream", true));
    assertInvalid(path, node.seal(streamed(path)), e -> e.put("stream", false));
    assertInvalid(path, node.seal(body(path).put("stream", 1)), e -> e.put("stream", false));
    String limit = path == ConfidentialPath.IMAGES ? "n" : "max_tokens";
    assertInvalid(path, node.seal(body(path).put(limit, 10)), e -> e.put("num_compute_units", 9));
    assertThat(node.engine.calls()).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource(ConfidentialPath.class)
  void refusesWhatTheEngineFindsInvalid(ConfidentialPath path) throws Exception {
    for (int status : List.of(400, 404, 413, 422)) {
      node.engine.follow(call -> call.answer(status, "{\"error\":\"canary\"}"));
      assertRefused(ErrorCode.INVALID_BODY, node.ask(path, body(path)));
      if (path.streams()) {
        assertRefused(ErrorCode.INVALID_BODY, node.ask(path, streamed(path)));
      }
    }
  }

  private static void assertInvalid(
      ConfidentialPath path, SealingClient.Sealed sealed, SealingClient.Tampering tampering)
      throws Exception {
    tampering.apply(sealed.envelope());
    assertRefused(ErrorCode.INVALID_BODY, node.ask(path, sealed));
  }

  private static String contentField(ConfidentialPath path) {
    return switch (path) {
      case CHAT_COMPLETIONS -> "messages";
      case COMPLETIONS, IMAGES -> "prompt";
      case EMBEDDINGS -> "input";
    };
  }
}
