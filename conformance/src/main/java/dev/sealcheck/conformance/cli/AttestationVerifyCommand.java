package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.attestation.Appraisal;
import dev.sealcheck.conformance.attestation.AppraisalJson;
import dev.sealcheck.conformance.attestation.EvidenceVerifier;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.report.Conformance;
import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Verifies the evidence that a proxy serves, or that was saved to a file. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Verifies the evidence of a node and prints every claim.",
    footer = {
      "",
      "Exit codes: 0 every claim is true, 1 a claim is false, 2 wrong usage, 3 a claim",
      "could not be judged (no --allow-list, no evidence), 4 proxy unreachable.",
      "What evidence does not prove: docs/ATTESTATION.md."
    })
final class AttestationVerifyCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Mixin private EvidenceOptions evidence;

  @Option(names = "--json", description = "Prints the claims as JSON instead of a table.")
  private boolean json;

  /** Made by picocli. */
  AttestationVerifyCommand() {}

  @Override
  public Integer call() throws UnreachableException {
    EvidenceVerifier verifier;
    try {
      evidence.requireConsistent();
      verifier = new EvidenceVerifier(evidence.root(), evidence.allowList());
      if (evidence.file().isPresent()) {
        return judge(verifier, evidence.fromFile());
      }
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    return judgeServed(verifier);
  }

  private int judgeServed(EvidenceVerifier verifier) throws UnreachableException {
    SuiteClock clock = SuiteClock.system();
    try (Messenger messenger = new Messenger(clock)) {
      Exchange exchange = evidence.ask(messenger, Deadline.in(clock, LIMIT));
      if (exchange.status() != 200) {
        return say(
            "the proxy serves no evidence of this node (it answered " + exchange.status() + ")",
            Conformance.INCOMPLETE);
      }
      try {
        return judge(verifier, evidence.served(exchange.body()));
      } catch (MalformedAnswer malformed) {
        return say(
            "what the proxy serves is no evidence: " + malformed.getMessage(),
            Conformance.NOT_CONFORMANT);
      }
    }
  }

  private int judge(EvidenceVerifier verifier, ServedEvidence served) {
    Appraisal appraisal =
        verifier
            .verify(
                served.compressedEvidence(), evidence.binding(served), SuiteClock.system().now())
            .with(served.signed());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(AppraisalJson.of(appraisal).toPrettyString());
    } else {
      new ClaimTable(appraisal).print(out);
    }
    out.flush();
    if (!appraisal.falseClaims().isEmpty()) {
      return Conformance.NOT_CONFORMANT.exitCode();
    }
    return (appraisal.holds() ? Conformance.CONFORMANT : Conformance.INCOMPLETE).exitCode();
  }

  private int say(String line, Conformance result) {
    spec.commandLine().getErr().println("sealcheck: " + Paragraph.printable(line));
    spec.commandLine().getErr().flush();
    return result.exitCode();
  }
}
