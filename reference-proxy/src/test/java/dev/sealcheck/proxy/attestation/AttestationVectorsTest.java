package dev.sealcheck.proxy.attestation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.CompressedEvidence;
import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.hash.Blake3;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors, which another implementation made: vectors/README.md says how. */
class AttestationVectorsTest {

  private static final Path VECTORS = Path.of("..", "vectors", "attestation");

  static Stream<Path> groups() throws IOException {
    try (Stream<Path> files = Files.list(VECTORS)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.endsWith("schema.json"))
          .sorted()
          .collect(Collectors.toList())
          .stream();
    }
  }

  @Test
  void findsAllGroups() throws Exception {
    assertThat(groups()).hasSizeGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("groups")
  void namesExactlyTheFalseClaimsOfEveryCase(Path file) throws Exception {
    ObjectNode group = StrictJson.parseObject("vectors", Files.readAllBytes(file));
    EvidencePolicy policy =
        new EvidencePolicy(
            Set.of(CertificateChain.readOne(group.get("root").textValue().getBytes(US_ASCII))),
            List.of(AllowList.parse(StrictJson.write(group.get("allow_list")))));
    Instant moment = Instant.parse(group.get("moment").textValue());
    assertThat(group.get("cases")).isNotEmpty();
    for (JsonNode one : group.get("cases")) {
      Verdict verdict =
          EvidenceVerifier.judge(
              ReadEvidence.of(evidence(group, one)), expected(one), policy, moment);
      assertThat(falseClaims(verdict))
          .as(one.get("name").textValue())
          .isEqualTo(texts(one.get("false_claims")));
    }
  }

  private static CompressedEvidence evidence(ObjectNode group, JsonNode one) throws Exception {
    if (one.has("compressed_evidence")) {
      return CompressedEvidence.copyOf(base64(one.get("compressed_evidence")));
    }
    List<DeviceEvidence> devices = new ArrayList<>();
    for (JsonNode device : one.get("devices")) {
      devices.add(
          DeviceEvidence.owning(
              device.get("evidence_type").textValue().equals("device")
                  ? DeviceKind.GPU
                  : DeviceKind.SWITCH,
              group
                  .get("chains")
                  .get(device.get("chain").textValue())
                  .textValue()
                  .getBytes(US_ASCII),
              base64(group.get("reports").get(device.get("report").textValue()))));
    }
    return CompressedEvidence.of(new EvidenceSet(devices));
  }

  /** A key of another length never gets as far as here, so any other nonce stands for it. */
  private static GpuNonce expected(JsonNode one) throws Exception {
    byte[] key = base64(one.get("public_key"));
    return key.length == X25519PublicKey.SIZE_IN_BYTES
        ? GpuNonce.of(
            ChallengeNonce.parse(one.get("nonce").textValue()), X25519PublicKey.copyOf(key))
        : new GpuNonce(Blake3.of());
  }

  private static Set<String> falseClaims(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> !finding.holds())
        .map(Finding::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static byte[] base64(JsonNode text) {
    return Base64.getDecoder().decode(text.textValue());
  }
}
