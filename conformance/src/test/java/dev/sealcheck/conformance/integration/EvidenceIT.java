package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.integration.SuiteProcess.Finished;
import dev.sealcheck.conformance.target.EvidenceCalls;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.ReferenceOptions;
import dev.sealcheck.conformance.target.SuiteDevices;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evidence of the reference node, as the reference proxy serves it, before the suite. */
class EvidenceIT {

  private static final SuiteClock CLOCK = SuiteClock.system();
  private static final String NODE = "1";

  @TempDir private static Path directory;
  private static ReferenceDeployment reference;

  @BeforeAll
  static void start() throws InterruptedException {
    reference = ReferenceDeployment.start(ReferenceOptions.serving(1), CLOCK);
  }

  @AfterAll
  static void stop() {
    reference.close();
  }

  @Test
  void everyClaimOfTheNodesEvidenceHolds() throws Exception {
    Finished verified =
        verify(
            "--proxy",
            reference.proxy().toString(),
            "--node",
            NODE,
            "--public-key",
            reference.nodePublicKey());

    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
  }

  @Test
  void savedEvidenceHoldsToo() throws Exception {
    Finished verified = verify("--file", saved().toString());

    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
  }

  @Test
  void evidenceUnderAnotherRootIsFalse() throws Exception {
    Path other = directory.resolve("other.pem");
    Files.write(other, SuiteDevices.of(Optional.empty(), CLOCK).rootPem().toArray());
    Finished verified =
        SuiteProcess.run(
            directory,
            "attestation",
            "verify",
            "--file",
            saved().toString(),
            "--insecure-emulated-root",
            other.toString(),
            "--allow-list",
            reference.attestationAllowList().toString());

    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out()).contains("cert-chain");
  }

  @Test
  void aClientThatRequiresEvidenceSealsToTheNode() throws Exception {
    Finished run = requiring("trusting", reference.attestationRoot());

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @Test
  void aClientThatRequiresOtherEvidenceSealsToNobody() throws Exception {
    Path other = directory.resolve("foreign.pem");
    Files.write(other, SuiteDevices.of(Optional.empty(), CLOCK).rootPem().toArray());
    Finished run = requiring("distrusting", other);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.out()).contains("evidence that holds").doesNotContain("PASS");
  }

  private static Finished requiring(String name, Path root)
      throws IOException, InterruptedException {
    Path own = Files.createDirectory(directory.resolve(name));
    Path profile =
        Files.writeString(
            own.resolve("profile.yaml"),
            """
            attestation:
              insecure_emulated_root: "%s"
              allow_list: "%s"
            """
                .formatted(root, reference.attestationAllowList()));
    return SuiteProcess.run(
        own,
        "run",
        "--proxy",
        reference.proxy().toString(),
        "--token-file",
        reference.tokenFile().toString(),
        "--profile",
        profile.toString(),
        "--require-attestation",
        "--id",
        "HASH-03");
  }

  private static Finished verify(String... source) throws IOException, InterruptedException {
    return SuiteProcess.run(
        directory,
        concat(
            new String[] {"attestation", "verify"},
            source,
            new String[] {
              "--insecure-emulated-root",
              reference.attestationRoot().toString(),
              "--allow-list",
              reference.attestationAllowList().toString()
            }));
  }

  private static String[] concat(String[]... parts) {
    return Stream.of(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static Path saved() throws IOException {
    try (Messenger messenger = new Messenger(CLOCK)) {
      Exchange served =
          messenger.send(
              new EvidenceCalls(reference.proxy()).served(NODE),
              Deadline.in(CLOCK, Duration.ofSeconds(30)));
      Path file = directory.resolve("evidence.json");
      Files.write(file, served.body().toArray());
      return file;
    }
  }
}
