package dev.sealcheck.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyFaultTest {
  private static final Set<ReplyFault> WELL_FORMED_SIGNATURE =
      EnumSet.of(
          ReplyFault.FOREIGN_SIGNER,
          ReplyFault.SIGNATURE_OF_OTHER_HASH,
          ReplyFault.SIGNATURE_FALSE);

  private static NodeClient client;
  private SealedRequest request;

  @BeforeAll
  static void start() throws IOException {
    client = new NodeClient(SignatureScheme.SECP256R1);
  }

  @BeforeEach
  void seal() {
    request = client.seal(NodeClient.chat(false));
  }

  @AfterAll
  static void close() throws IOException {
    client.close();
  }

  @ParameterizedTest
  @EnumSource(ReplyFault.class)
  void makesOneThingWrongAndNothingElse(ReplyFault fault) {
    Bytes answer = answerWith(fault);
    switch (fault.part()) {
      case SIGNATURE -> {
        if (!WELL_FORMED_SIGNATURE.contains(fault)) {
          assertThatThrownBy(() -> SealedAnswer.parse(answer))
              .isInstanceOfSatisfying(
                  MalformedAnswer.class, e -> assertThat(e.field()).isEqualTo("signature"));
        } else {
          OpenedAnswer opened = SealedAnswer.parse(answer).open(request);
          assertThat(opened.hashMatches()).isTrue();
          boolean foreign = fault == ReplyFault.FOREIGN_SIGNER;
          assertThat(opened.signatureValid()).isEqualTo(foreign);
          assertThat(opened.signer().equals(client.node.address())).isEqualTo(!foreign);
        }
      }
      case HASH ->
          assertThatThrownBy(() -> SealedAnswer.parse(answer))
              .isInstanceOfSatisfying(
                  MalformedAnswer.class, e -> assertThat(e.field()).isEqualTo("response_hash"));
      case SHAPE ->
          assertThatThrownBy(() -> SealedAnswer.parse(answer)).isInstanceOf(MalformedAnswer.class);
      case USAGE -> {
        OpenedAnswer opened = client.verified(answer, request);
        assertThat(opened.innerUsage().filter(ReplyFaultTest::isUsable)).isEmpty();
      }
      case OUTER_USAGE -> {
        OpenedAnswer opened = SealedAnswer.parse(answer).open(request);
        assertThat(opened.outerUsage()).isEmpty();
        assertThat(opened.innerUsage()).isPresent();
      }
      case CLIENT -> {
        OpenedAnswer opened = SealedAnswer.parse(answer).open(request);
        assertThat(opened.signatureValid()).isTrue();
        assertThat(opened.signer()).isEqualTo(client.node.address());
        assertThat(opened.hashMatches() && opened.outerUsage().equals(opened.innerUsage()))
            .isFalse();
      }
    }
  }

  @Test
  void keepsThePreciseUsageInsideAndOutside() {
    assertThat(usageText(ReplyFault.USAGE_ABSURD)).contains("\"total_tokens\":1000000000000000000");
    assertThat(usageText(ReplyFault.USAGE_FRACTIONAL)).contains("\"total_tokens\":1.5");
    assertThat(usageText(ReplyFault.USAGE_TEXTUAL)).contains("\"total_tokens\":\"5\"");
    assertThat(usageText(ReplyFault.USAGE_NEGATIVE)).contains("\"total_tokens\":-1");
    assertThat(usageText(ReplyFault.USAGE_NO_OBJECT)).contains("\"usage\":\"5\"");
    assertThat(usageText(ReplyFault.USAGE_NULL)).contains("\"usage\":null");
    assertThat(usageText(ReplyFault.USAGE_ABSENT)).doesNotContain("usage");
  }

  @Test
  void listsTheFaultsOfAPart() {
    assertThat(ReplyFault.of(ReplyFault.Part.HASH))
        .containsExactly(
            ReplyFault.HASH_MISSING, ReplyFault.HASH_NOT_BASE64, ReplyFault.HASH_OF_31_BYTES);
  }

  @Test
  void refusesAFaultOfUsageWhereThereIsNone() throws IOException {
    NodeClient own = new NodeClient();
    ObjectNode body = StrictJson.object();
    body.put("model", NodeClient.MODEL).put("prompt", "a map");
    own.node.behave(NodeAnswers.with(ReplyFault.USAGE_ABSENT));
    own.send(own.seal(NodeClient.recipe(Endpoint.IMAGES, false, body)));
    assertThatThrownBy(own::close).hasMessageContaining("usage in a reply that has none");
  }

  private static boolean isUsable(JsonNode usage) {
    JsonNode total = usage.path("total_tokens");
    return total.isInt() && total.intValue() >= 0;
  }

  /** What went out: the sealed text and the outer fields. */
  private String usageText(ReplyFault fault) {
    Bytes answer = answerWith(fault);
    String inside = SealedAnswer.parse(answer).open(request).plaintext().toLenientUtf8();
    String outer = answer.toLenientUtf8();
    String outside = outer.substring(outer.indexOf("\"nonce\""), outer.indexOf("\"signature\""));
    assertThat(inside.contains("usage")).isEqualTo(outside.contains("usage"));
    return inside.contains("usage") ? common(inside, outside) : inside + outside;
  }

  private static String common(String inside, String outside) {
    String usage = outside.substring(outside.indexOf("\"usage\""), outside.lastIndexOf(','));
    assertThat(inside).contains(usage);
    return usage;
  }

  private Bytes answerWith(ReplyChange change) {
    try (Serving serving = client.node.behave(NodeAnswers.with(change))) {
      assertThat(serving).isNotNull();
      return client.send(request).body();
    }
  }
}
