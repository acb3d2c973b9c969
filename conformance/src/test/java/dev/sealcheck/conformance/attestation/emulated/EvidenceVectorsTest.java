package dev.sealcheck.conformance.attestation.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sealcheck.conformance.attestation.AllowList;
import dev.sealcheck.conformance.attestation.Appraisal;
import dev.sealcheck.conformance.attestation.DeviceKind;
import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.attestation.EvidenceVerifier;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.attestation.TrustedRoot;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of vectors/attestation against the verifier, and against what makes them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceVectorsTest {
  private static final Path FOLDER = Path.of("..", "vectors", "attestation");
  private static final int CASES = 130;

  private Map<String, String> generated;

  @BeforeAll
  void generates() {
    generated = EvidenceVectors.files();
  }

  static Set<String> groups() {
    return EvidenceCases.byGroup().keySet();
  }

  @Test
  void regeneratesWithoutADifference() throws IOException {
    Set<String> present = new HashSet<>();
    try (var files = Files.list(FOLDER)) {
      files.forEach(file -> present.add(file.getFileName().toString()));
    }
    Set<String> expected = new HashSet<>(generated.keySet());
    expected.addAll(Set.of("schema.json", "read_evidence.py"));
    assertThat(present).isEqualTo(expected);
    for (Map.Entry<String, String> file : generated.entrySet()) {
      assertThat(Files.readString(FOLDER.resolve(file.getKey())).equals(file.getValue()))
          .as(file.getKey() + " is old; mend it with: ./sealcheck attestation vectors")
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  void followsTheSchema(String group) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(mapper.readTree(Files.readString(FOLDER.resolve("schema.json"))));
    assertThat(schema.validate(file(group))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void refusesEveryCaseByExactlyItsClaims(String group) throws IOException {
    JsonNode file = file(group);
    EvidenceVerifier verifier =
        new EvidenceVerifier(
            Optional.of(TrustedRoot.insecureEmulated(Bytes.utf8(file.path("root").textValue()))),
            Optional.of(
                AllowList.parse(
                    Bytes.utf8(new ObjectMapper().writeValueAsString(file.path("allow_list"))))));
    for (JsonNode one : file.path("cases")) {
      Appraisal appraisal =
          verifier.verify(
              stream(file, one), binding(one), Instant.parse(file.path("moment").textValue()));
      Set<String> expected = new TreeSet<>();
      one.path("false_claims").forEach(claim -> expected.add(claim.textValue()));
      assertThat(appraisal.falseClaims()).as(one.path("name").textValue()).isEqualTo(expected);
      assertThat(appraisal.uncheckedClaims()).isEmpty();
      assertThat(appraisal.holds()).isEqualTo(one.path("result").textValue().equals("valid"));
    }
  }

  @Test
  void namesEveryCaseOnceAndHasGoodOnesToo() {
    List<String> names = EvidenceCases.all().map(EvidenceCase::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSize(CASES);
    assertThat(EvidenceCases.all().filter(one -> one.falseClaims().isEmpty())).hasSize(5);
    assertThat(EvidenceCases.named("zlib-bomb").name()).isEqualTo("zlib-bomb");
  }

  private static JsonNode file(String group) throws IOException {
    return new ObjectMapper().readTree(Files.readString(FOLDER.resolve(group + ".json")));
  }

  private static Bytes stream(JsonNode file, JsonNode one) {
    if (one.has("compressed_evidence")) {
      return Base64Text.decode("case", one.path("compressed_evidence").textValue());
    }
    List<EvidenceEntry> entries = new ArrayList<>();
    for (JsonNode device : one.path("devices")) {
      entries.add(
          new EvidenceEntry(
              device.path("evidence_type").textValue().equals("device")
                  ? DeviceKind.GPU
                  : DeviceKind.SWITCH,
              Bytes.utf8(file.path("chains").path(device.path("chain").textValue()).textValue()),
              Base64Text.decode(
                  "case",
                  file.path("reports").path(device.path("report").textValue()).textValue())));
    }
    return new EmulatedEvidence(entries).compressed();
  }

  private static Optional<KeyBinding> binding(JsonNode one) {
    return ServedEvidence.binding(
        Optional.of(KeyBinding.parseNonce(one.path("nonce").textValue())),
        Optional.of(Base64Text.decode("case", one.path("public_key").textValue())));
  }
}
