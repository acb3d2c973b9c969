package dev.sealcheck.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealsTest {

  private static final SealedRequest REQUEST =
      RequestRecipe.of(Endpoint.CHAT, "m", Optional.of(true), Bytes.utf8("{}"))
          .seal(new LockGrant(X25519Pair.fresh().publicKey(), 1, 1, Optional.empty()));

  @Test
  void findsNothingWhereTheSealsCount() {
    assertThat(fault(seal(0, false), seal(1, false), seal(2, true))).isEmpty();
    assertThat(fault(seal(0, true))).isEmpty();
  }

  @Test
  void findsNothingWhereTheFirstEventHasNone() {
    assertThat(fault("{}", seal(1, true))).isEmpty();
  }

  @Test
  void findsAGapARepetitionAndASwap() {
    assertThat(fault(seal(0, false), seal(2, true))).contains("seq 1 in event 1");
    assertThat(fault(seal(0, false), seal(0, true))).contains("seq 1 in event 1");
    assertThat(fault(seal(1, false), seal(0, true))).contains("seq 0 in event 0");
  }

  @Test
  void findsAnEndInTheWrongPlace() {
    String rule = "final in the last event and in no other";
    assertThat(fault(seal(0, false), seal(1, false))).contains(rule);
    assertThat(fault(seal(0, true), seal(1, true))).contains(rule);
  }

  @Test
  void findsAnotherHashAndAMissingOrHalfSeal() {
    String other = seal(1, true).replace(REQUEST.plaintextHash().base64(), "other");
    assertThat(fault(seal(0, false), other)).contains("the hash of the request in every event");
    String rule = "a seal in every event, as in the first";
    assertThat(fault(seal(0, false), "{}")).contains(rule);
    assertThat(fault(seal(0, false), "{\"seal\":{\"seq\":1}}")).contains(rule);
  }

  private static String seal(int seq, boolean last) {
    return "{\"seal\":{\"seq\":%d,\"final\":%b,\"request_hash\":\"%s\"}}"
        .formatted(seq, last, REQUEST.plaintextHash().base64());
  }

  private static Optional<String> fault(String... plaintexts) {
    List<OpenedAnswer> events =
        Arrays.stream(plaintexts)
            .map(Bytes::utf8)
            .map(
                text ->
                    new OpenedAnswer(
                        text, true, true, "0x", Optional.empty(), Nonce.fresh(), BodyHash.of(text)))
            .toList();
    OpenedStream stream = new OpenedStream(REQUEST, 0, false, List.of(), List.of(), events);
    return Seals.fault(stream).map(CheckFailed::expected);
  }
}
