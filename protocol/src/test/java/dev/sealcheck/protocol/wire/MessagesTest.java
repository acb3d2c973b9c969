package dev.sealcheck.protocol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

  @Test
  void readsALockRequestWithItsDefaults() throws Exception {
    LockRequest request = lockRequest("{\"model\":\"m\",\"timeout\":null}");
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.maxNumTokens()).isEqualTo(OptionalLong.empty());
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(lockRequest("{\"model\":\"m\",\"timeout\":600,\"max_num_tokens\":1}").timeout())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":1}",
        "{\"model\":\"m\",\"timeout\":601}",
        "{\"model\":\"m\",\"timeout\":0}",
        "{\"model\":\"m\",\"timeout\":1.5}",
        "{\"model\":\"m\",\"max_num_tokens\":-1}",
        "{\"model\":\"m\",\"max_num_tokens\":18446744073709551616}"
      })
  void refusesALockRequestOutOfItsLimits(String json) {
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> lockRequest(json));
  }

  @Test
  void writesTheDigestOfALockAnswerEvenWhereThereIsNone() {
    LockAnswer answer =
        new LockAnswer(X25519PublicKey.copyOf(new byte[32]), 3, 4, Optional.empty());
    assertThat(new String(answer.toJson(), UTF_8))
        .isEqualTo(
            "{\"public_key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"node_small_id\":3,"
                + "\"stack_entry_digest\":null,\"stack_small_id\":4}");
  }

  @Test
  void readsBackTheSealedMessageItWrote() throws Exception {
    JsonNode usage = json("{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}");
    SealedMessage written =
        new SealedMessage(
            Ciphertext.owning(new byte[20]),
            Nonce.copyOf(new byte[12]),
            BodyHash.copyOf(new byte[32]),
            "signature",
            Optional.of(usage));
    SealedMessage read = SealedMessage.parse(written.toJson());
    assertThat(read.ciphertext().lend()).isEqualTo(written.ciphertext().lend());
    assertThat(read.nonce()).isEqualTo(written.nonce());
    assertThat(read.responseHash()).isEqualTo(written.responseHash());
    assertThat(read.usage()).contains(usage);
    assertThat(Usage.parse(usage)).isEqualTo(new Usage(1, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "-1", "1.5", "\"5\"", "1000000000000000000", "2147483649", "[]"})
  void refusesUsageThatCannotBeCharged(String count) throws Exception {
    JsonNode usage =
        json("{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":" + count + "}");
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> Usage.parse(usage));
  }

  @ParameterizedTest
  @EnumSource
  void findsTheCodeInItsOwnBody(ErrorCode code) {
    assertThat(ErrorCode.ofBody(code.body())).contains(code);
  }

  @Test
  void findsNoCodeInForeignBodies() {
    for (String body : new String[] {"", "{}", "{\"error\":\"x\"}", "{\"error\":{\"code\":7}}"}) {
      assertThat(ErrorCode.ofBody(body.getBytes(UTF_8))).isEmpty();
    }
  }

  private static LockRequest lockRequest(String json) throws MalformedMessageException {
    return LockRequest.parse(json.getBytes(UTF_8));
  }

  private static JsonNode json(String text) throws MalformedMessageException {
    return StrictJson.parseObject("usage", text.getBytes(UTF_8));
  }
}
