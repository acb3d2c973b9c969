package dev.sealcheck.protocol.attestation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check values and forms of docs/ATTESTATION.md. */
class AttestationMessagesTest {

  private static final X25519PublicKey KEY = ascendingKey();

  @Test
  void bindsKeyAndSlotIntoTheNonceOfTheDevices() {
    GpuNonce nonce = GpuNonce.of(new ChallengeNonce(0x0102030405060708L), KEY);
    assertThat(HexFormat.of().formatHex(nonce.toArray()))
        .isEqualTo("556ba2e02769bf56579b2707638d6abc19eff65076571c00489acd611612be08");
  }

  @Test
  void hashesAnUpdateOverIdAndEvidence() {
    AttestationUpdate update =
        new AttestationUpdate(7, CompressedEvidence.copyOf("abc".getBytes(US_ASCII)), KEY);
    assertThat(HexFormat.of().formatHex(update.hash().toArray()))
        .isEqualTo("812d7ee9b86f51df51b84c8268bfd473534d6ce7d5025ddd7f11de3c823a1cc4");
  }

  @Test
  void writesAndReadsAnUpdate() throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    AttestationUpdate update = new AttestationUpdate(7, CompressedEvidence.copyOf(bytes), KEY);
    assertThat(AttestationUpdate.parse(update.toJson())).isEqualTo(update);
    assertThat(new String(update.toJson(), UTF_8))
        .startsWith("{\"node_small_id\":7,\"compressed_evidence\":[0,1,2,")
        .contains(",254,255],\"public_key\":\"AAEC");
  }

  @Test
  void writesAndReadsAChallengeWhoseNonceIsAboveTwoToThe63() throws Exception {
    AttestationChallenge challenge =
        new AttestationChallenge(9, new ChallengeNonce(0xfedcba9876543210L), 4);
    assertThat(new String(challenge.toJson(), UTF_8))
        .isEqualTo(
            "{\"node_small_id\":9,\"nonce\":\"fedcba9876543210\",\"key_rotation_counter\":4}");
    assertThat(AttestationChallenge.parse(challenge.toJson())).isEqualTo(challenge);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"node_small_id\":1,\"nonce\":\"FEDCBA9876543210\",\"key_rotation_counter\":1}",
        "{\"node_small_id\":1,\"nonce\":\"fedcba987654321\",\"key_rotation_counter\":1}",
        "{\"node_small_id\":1,\"nonce\":81985529216486895,\"key_rotation_counter\":1}",
        "{\"node_small_id\":1,\"nonce\":\"fedcba9876543210\",\"key_rotation_counter\":0}",
        "{\"node_small_id\":1,\"nonce\":\"fedcba9876543210\"}",
      })
  void refusesAChallengeOfAnotherForm(String json) {
    assertThatThrownBy(() -> AttestationChallenge.parse(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[256]", "[-1]", "[1.0]", "[\"1\"]", "\"YWJj\"", "null", "{}"})
  void refusesEvidenceThatIsNoArrayOfOctets(String evidence) {
    String json =
        "{\"node_small_id\":1,\"compressed_evidence\":"
            + evidence
            + ",\"public_key\":\""
            + KEY.bytes().toBase64()
            + "\"}";
    assertThatThrownBy(() -> AttestationUpdate.parse(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            e -> assertThat(e.field()).isEqualTo("compressed_evidence"));
  }

  @Test
  void refusesAKeyOf33Bytes() {
    String json =
        "{\"node_small_id\":1,\"compressed_evidence\":[1],\"public_key\":\""
            + "AAAA".repeat(11)
            + "\"}";
    assertThatThrownBy(() -> AttestationUpdate.parse(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            MalformedMessageException.class, e -> assertThat(e.field()).isEqualTo("public_key"));
  }

  @Test
  void writesCompactEvidenceAndReadsItBack() throws Exception {
    EvidenceSet set =
        new EvidenceSet(
            List.of(device(DeviceKind.GPU, "pem", "report"), device(DeviceKind.SWITCH, "p", "r")));
    assertThat(new String(set.toJson(), UTF_8))
        .isEqualTo(
            "[{\"evidence_type\":\"device\",\"certificate\":\"cGVt\",\"evidence\":\"cmVwb3J0\"},"
                + "{\"evidence_type\":\"nvswitch\",\"certificate\":\"cA==\",\"evidence\":\"cg==\"}]");
    assertThat(EvidenceSet.parse(set.toJson())).isEqualTo(set);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1]",
        "[{\"evidence_type\":\"cpu\",\"certificate\":\"\",\"evidence\":\"\"}]",
        "[{\"evidence_type\":\"device\",\"certificate\":\"YQ\",\"evidence\":\"\"}]",
        "[{\"evidence_type\":\"device\",\"certificate\":\"\"}]",
        "[] ]",
      })
  void refusesEvidenceOfAnotherForm(String json) {
    assertThatThrownBy(() -> EvidenceSet.parse(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void refusesMoreDevicesThanAMachineCanHave() {
    List<DeviceEvidence> many =
        java.util.Collections.nCopies(EvidenceSet.MAX_DEVICES + 1, device(DeviceKind.GPU, "", ""));
    assertThatThrownBy(() -> EvidenceSet.parse(new EvidenceSet(many).toJson()))
        .isInstanceOf(MalformedMessageException.class);
  }

  private static DeviceEvidence device(DeviceKind kind, String pem, String report) {
    return DeviceEvidence.owning(kind, pem.getBytes(US_ASCII), report.getBytes(US_ASCII));
  }

  private static X25519PublicKey ascendingKey() {
    byte[] key = new byte[X25519PublicKey.SIZE_IN_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return X25519PublicKey.copyOf(key);
  }
}
