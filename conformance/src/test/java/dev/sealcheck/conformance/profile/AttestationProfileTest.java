package dev.sealcheck.conformance.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.target.SuiteDevices;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestationProfileTest {

  private static final Bytes SEED = Bytes.random(32);

  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    write("root.pem", SuiteDevices.of(Optional.of(SEED), SuiteClock.system()).rootPem());
    write("list.json", EmulatedMachine.allowListJson());
    write("seed", SEED);
    write("short", Bytes.random(15));
    write("token", Bytes.utf8("sk-rotate\n"));
  }

  @Test
  void readsWhomToBelieveAndHowToRotate() throws IOException {
    Attestation attestation =
        load("""
                attestation: {insecure_emulated_root: root.pem, allow_list: list.json, scripted_seed_file: seed}
                rotation: {url: "http://127.0.0.1:9/control/rotate", token_file: token, model: a/model}
                """)
            .attestation();

    assertThat(attestation.root().orElseThrow().emulated()).isTrue();
    assertThat(attestation.allowList()).isPresent();
    assertThat(attestation.scriptedSeed()).contains(SEED);
    assertThat(attestation.requireRotation())
        .isEqualTo(
            new RotationAccess(
                URI.create("http://127.0.0.1:9/control/rotate"),
                Optional.of(new BearerToken("sk-rotate")),
                "a/model"));
    assertThat(attestation.requiring().required()).isTrue();
  }

  @Test
  void knowsNobodyWhereNothingIsSaid() throws IOException {
    Attestation attestation = load("models: {chat: a/model}\n").attestation();

    assertThat(attestation).isEqualTo(Attestation.unknown());
    assertThatThrownBy(attestation::requireRotation)
        .isInstanceOf(NotApplicable.class)
        .hasMessageContaining("rotation");
    assertThatThrownBy(attestation::requiring)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attestation.root");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attestation: {root: root.pem}                        | attestation.root: this root is emulated",
        "attestation: {insecure_emulated_root: list.json}     | attestation.insecure_emulated_root",
        "attestation: {allow_list: root.pem}                  | attestation.allow_list",
        "attestation: {scripted_seed_file: short}             | a seed has at least 16 bytes",
        "attestation: {scripted_seed_file: none}              | attestation.scripted_seed_file",
        "attestation: {roots: root.pem}                       | attestation",
        "rotation: {url: 'http://127.0.0.1/rotate'}           | model",
        "rotation: {url: 'ftp://127.0.0.1/rotate', model: m}  | rotation",
      })
  void refusesWhatCannotBeUsed(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml + "\n"))
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining(message);
  }

  private Profile load(String yaml) throws IOException {
    return ProfileFile.load(Files.writeString(directory.resolve("profile.yaml"), yaml)).profile();
  }

  private void write(String name, Bytes content) throws IOException {
    Files.write(directory.resolve(name), content.toArray());
  }
}
