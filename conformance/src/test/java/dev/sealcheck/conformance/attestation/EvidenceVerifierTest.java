package dev.sealcheck.conformance.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.attestation.emulated.CaseSetting;
import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.attestation.emulated.EvidenceCases;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String CHAIN = "x-nvidia-gpu-attestation-report-cert-chain";

  private final EmulatedMachine machine = EmulatedMachine.fresh(1, NOW);
  private final KeyBinding binding = new KeyBinding(7, new X25519PublicKey(Bytes.random(32)));
  private final Bytes good = machine.evidence(binding).compressed();
  private final Optional<TrustedRoot> root =
      Optional.of(TrustedRoot.insecureEmulated(machine.rootPem()));
  private final Optional<AllowList> allowed =
      Optional.of(AllowList.parse(EmulatedMachine.allowListJson()));

  @Test
  void derivesTheNonceOfTheCheckValue() {
    Bytes key = Bytes.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    assertThat(new KeyBinding(0x0102030405060708L, new X25519PublicKey(key)).gpuNonce().toHex())
        .isEqualTo("556ba2e02769bf56579b2707638d6abc19eff65076571c00489acd611612be08");
    assertThat(KeyBinding.parseNonce("ff02030405060708")).isEqualTo(0xff02030405060708L);
    assertThat(KeyBinding.hex(-1)).isEqualTo("ffffffffffffffff");
    assertThatThrownBy(() -> KeyBinding.parseNonce("FF02030405060708"))
        .isInstanceOf(MalformedAnswer.class);
  }

  @Test
  void hashesAPutAsTheCheckValueSays() {
    assertThat(ServedEvidence.signedHash(7, Bytes.utf8("abc")).bytes().toHex())
        .isEqualTo("812d7ee9b86f51df51b84c8268bfd473534d6ce7d5025ddd7f11de3c823a1cc4");
  }

  @Test
  void findsEveryClaimOfGoodEvidenceTrue() {
    Appraisal appraisal = verify(root, allowed, good, NOW);
    assertThat(appraisal.holds()).isTrue();
    assertThat(appraisal.emulated()).isTrue();
    assertThat(appraisal.devices()).hasSize(1);
    assertThat(appraisal.devices().get(0).claims()).hasSize(11);
    assertThat(appraisal.devices().get(0).facts())
        .containsEntry("eat_nonce", binding.gpuNonce().toHex())
        .containsEntry("x-nvidia-gpu-driver-version", "550.90.07")
        .containsEntry("x-nvidia-gpu-vbios-version", "96.00.9f.00.01");
    assertThat(machine.evidence(binding).entries().get(0).report().length())
        .as("as long as NVIDIA's published sample")
        .isEqualTo(37 + 8 + 3520 + 32 + 2 + 422 + 96);
  }

  @Test
  void trustsNoRootThatWasNotNamed() {
    assertThat(verify(Optional.empty(), allowed, good, NOW).falseClaims()).containsExactly(CHAIN);
    assertThatThrownBy(() -> TrustedRoot.named(machine.rootPem()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("emulated");
    assertThatThrownBy(() -> TrustedRoot.named(Bytes.utf8("root")))
        .isInstanceOf(IllegalArgumentException.class);
    Bytes leaf = machine.evidence(binding).entries().get(0).certificates();
    assertThatThrownBy(() -> TrustedRoot.insecureEmulated(leaf))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesUncheckedWhatNoListSays() {
    Appraisal appraisal = verify(root, Optional.empty(), good, NOW);
    assertThat(appraisal.falseClaims()).isEmpty();
    assertThat(appraisal.uncheckedClaims())
        .containsExactly(
            "dbgstat",
            "measres",
            "secboot",
            "x-nvidia-gpu-driver-rim-version-match",
            "x-nvidia-gpu-vbios-rim-version-match");
    assertThat(appraisal.holds()).isFalse();
  }

  @Test
  void looksAtTheDatesOfAChainThatItRemembers() {
    EvidenceVerifier verifier = new EvidenceVerifier(root, allowed);
    Optional<KeyBinding> bound = Optional.of(binding);
    assertThat(verifier.verify(good, bound, NOW).holds()).isTrue();
    assertThat(verifier.verify(good, bound, NOW.plus(Duration.ofDays(29))).holds()).isTrue();
    assertThat(verifier.chainValidations()).isEqualTo(1);
    assertThat(verifier.verify(good, bound, NOW.plus(Duration.ofDays(31))).falseClaims())
        .containsExactly(CHAIN);
  }

  @Test
  void refusesTheNonceWhereNoKeyIsKnown() {
    Appraisal appraisal = new EvidenceVerifier(root, allowed).verify(good, Optional.empty(), NOW);
    assertThat(appraisal.falseClaims())
        .containsExactly("x-nvidia-gpu-attestation-report-nonce-match");
  }

  @Test
  void judgesFreshCasesAsItJudgesTheVectors() {
    CaseSetting setting = CaseSetting.fresh(NOW, binding);
    EvidenceVerifier verifier =
        new EvidenceVerifier(Optional.of(TrustedRoot.insecureEmulated(setting.rootPem())), allowed);
    for (String name : new String[] {"eight-gpus-four-switches", "foreign-root", "another-key"}) {
      Bytes stream = EvidenceCases.named(name).make(setting).compressed();
      assertThat(verifier.verify(stream, Optional.of(binding), NOW).falseClaims())
          .as(name)
          .isEqualTo(new TreeSet<>(EvidenceCases.named(name).falseClaims()));
    }
  }

  @Test
  void readsWhatAProxyServesAndChecksWhoSignedIt() {
    SigningPair node = SigningPair.generate(SignatureScheme.ED25519);
    EvidencePut put = new EvidencePut(7, good, binding.publicKey());
    ObjectNode served = StrictJson.parseObject(put.json());
    served.put("nonce", KeyBinding.hex(binding.contractNonce()));
    assertThat(parse(served).signed().outcome()).isEqualTo(Claim.Outcome.SKIPPED);
    served.put("key_rotation_counter", 1);
    served.put("node_address", node.address());
    served.put("signature", put.signature(node));
    assertThat(parse(served).binding()).contains(binding);
    assertThat(parse(served).compressedEvidence()).isEqualTo(good);
    assertThat(parse(served).signed().outcome()).isEqualTo(Claim.Outcome.TRUE);
    served.put("node_small_id", 8);
    assertThat(parse(served).signed().outcome()).isEqualTo(Claim.Outcome.FALSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"node_small_id\":1}",
        "{\"node_small_id\":\"1\",\"compressed_evidence\":[]}",
        "{\"node_small_id\":1,\"compressed_evidence\":[256]}",
        "{\"node_small_id\":1,\"compressed_evidence\":[1.0]}",
        "{\"node_small_id\":1,\"compressed_evidence\":[],\"nonce\":7}",
        "{\"node_small_id\":1,\"compressed_evidence\":[],\"nonce\":\"7\"}",
        "{\"node_small_id\":1,\"compressed_evidence\":[],\"public_key\":\"*\"}"
      })
  void refusesServedObjectsOfAnotherForm(String json) {
    assertThatThrownBy(() -> ServedEvidence.parse(Bytes.utf8(json)))
        .isInstanceOf(MalformedAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"1\":[]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"0\":[\"%s\"]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"65\":[\"%s\"]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"1\":[\"%s00\"]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"1\":\"%s\"}}",
        "{\"driver\":1,\"vbios\":\"1\",\"measurements\":{\"1\":[\"%s\"]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"more\":1,\"measurements\":{\"1\":[\"%s\"]}}"
      })
  void refusesAllowListsOfAnotherForm(String json) {
    assertThatThrownBy(() -> AllowList.parse(Bytes.utf8(json.replace("%s", "00".repeat(48)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesNoAllowListThatAllowsDebugging() {
    String json =
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"64\":[\""
            + "db".repeat(48)
            + "\"]}}";
    assertThatThrownBy(() -> AllowList.parse(Bytes.utf8(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("debugged");
  }

  @Test
  void writesClaimsWithNvidiasValues() {
    CaseSetting setting = CaseSetting.fresh(NOW, binding);
    EvidenceVerifier verifier =
        new EvidenceVerifier(Optional.of(TrustedRoot.insecureEmulated(setting.rootPem())), allowed);
    Bytes debug = EvidenceCases.named("debug-enabled").make(setting).compressed();
    ObjectNode json = AppraisalJson.of(verifier.verify(debug, Optional.of(binding), NOW));
    JsonNode device = json.path("devices").path(0);
    assertThat(json.path("holds").booleanValue()).isFalse();
    assertThat(json.path("false_claims")).hasSize(3);
    assertThat(device.path("measres").textValue()).isEqualTo("fail");
    assertThat(device.path("dbgstat").textValue()).isEqualTo("enabled");
    assertThat(device.path("secboot").isBoolean()).isTrue();
    assertThat(device.path("eat_nonce").textValue()).isEqualTo(binding.gpuNonce().toHex());
    assertThat(device.path(CHAIN).path("x-nvidia-cert-status").textValue()).isEqualTo("valid");
    assertThat(device.path(CHAIN).path("x-nvidia-cert-ocsp-status").textValue())
        .isEqualTo("skipped");
    assertThat(device.path("reasons").path("measres").textValue())
        .isEqualTo("false: measurement 64 is not allowed");
  }

  private static ServedEvidence parse(ObjectNode json) {
    return ServedEvidence.parse(StrictJson.write(json));
  }

  private Appraisal verify(
      Optional<TrustedRoot> trusted, Optional<AllowList> list, Bytes stream, Instant moment) {
    return new EvidenceVerifier(trusted, list).verify(stream, Optional.of(binding), moment);
  }
}
