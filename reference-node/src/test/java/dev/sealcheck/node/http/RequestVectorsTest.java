package dev.sealcheck.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealcheck.protocol.wire.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node over HTTP against every case of vectors/request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestVectorsTest {

  /** One case, with what its group shares. */
  record Case(JsonNode group, JsonNode test) {
    @Override
    public String toString() {
      return "request:" + test.path("tcId").intValue() + " " + test.path("comment").textValue();
    }
  }

  // Starting one takes long, and no case without a past shares a derived key with another.
  private final Map<JsonNode, VectorNode> shared = new HashMap<>();

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    JsonNode file =
        new ObjectMapper().readTree(Files.readString(Path.of("..", "vectors", "request.json")));
    for (JsonNode group : file.path("testGroups")) {
      group.path("tests").forEach(test -> cases.add(new Case(group, test)));
    }
    assertThat(cases).hasSize(file.path("numberOfTests").intValue());
    return cases;
  }

  @AfterAll
  void stops() {
    shared.values().forEach(VectorNode::close);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheFileSays(Case one) throws Exception {
    if (one.test().has("before")) {
      try (VectorNode fresh = new VectorNode(one.group())) {
        for (JsonNode earlier : one.test().path("before")) {
          fresh.send(earlier);
        }
        judge(fresh, one.test());
      }
    } else {
      JsonNode key = one.group().path("nodeSecret");
      judge(shared.computeIfAbsent(key, k -> new VectorNode(one.group())), one.test());
    }
  }

  private static void judge(VectorNode node, JsonNode test) throws Exception {
    int before = node.engineCalls();
    HttpResponse<byte[]> answer = node.send(test);
    boolean valid = test.path("result").textValue().equals("valid");
    assertThat(answer.statusCode()).isEqualTo(test.path("status").intValue());
    assertThat(node.engineCalls() - before).isEqualTo(valid ? 1 : 0);
    Optional<ErrorCode> error =
        valid ? Optional.empty() : Optional.of(ErrorCode.valueOf(test.path("error").textValue()));
    if (error.isPresent()) {
      assertThat(answer.body()).isEqualTo(error.get().body());
    }
  }
}
