package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.vector.FileReport;
import dev.sealcheck.conformance.vector.Outcome;
import dev.sealcheck.conformance.vector.Outcome.Kind;
import dev.sealcheck.conformance.vector.VectorFile;
import dev.sealcheck.conformance.vector.VectorFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares files of vectors with what the suite's client computes. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Works out every case of files of vectors and compares: Sealcheck's own, and Wycheproof's of",
      "X25519, HKDF-SHA-256, AES-GCM, Ed25519 and ECDSA in P1363 form on secp256k1 and secp256r1.",
      "Exit codes: 0 all agree, 1 a case differs, 2 a file cannot be used."
    })
final class VectorsVerifyCommand implements Callable<Integer> {
  private static final String ROW = "%-44s %6s %7s %8s %13s %8s%n";
  private static final int LISTED = 20;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "The files; without one, those that are part of the suite.")
  private List<Path> files = List.of();

  /** Made by picocli. */
  VectorsVerifyCommand() {}

  @Override
  public Integer call() {
    List<FileReport> reports = new ArrayList<>();
    try {
      List<VectorFile> chosen =
          files.isEmpty() ? VectorFile.shipped() : files.stream().map(VectorFile::read).toList();
      chosen.forEach(file -> reports.add(FileReport.of(file)));
    } catch (VectorFileException unusable) {
      throw new ParameterException(spec.commandLine(), unusable.getMessage(), unusable);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(ROW, "file", "cases", "agree", "decided", "out of scope", "differ");
    reports.forEach(report -> row(out, report));
    reports.forEach(report -> details(out, report));
    long differ = sum(reports, Kind.DIFFERS);
    out.println();
    out.println(
        differ == 0
            ? agreement(sum(reports, Kind.AGREES) + sum(reports, Kind.DECIDED))
            : differ + " cases differ.");
    out.flush();
    return differ == 0 ? 0 : 1;
  }

  private static void row(PrintWriter out, FileReport report) {
    out.printf(
        ROW,
        report.file().name(),
        report.outcomes().size(),
        report.count(Kind.AGREES),
        report.count(Kind.DECIDED),
        report.count(Kind.OUT_OF_SCOPE),
        report.count(Kind.DIFFERS));
  }

  private static void details(PrintWriter out, FileReport report) {
    report
        .details(Kind.DECIDED)
        .forEach((rule, n) -> out.printf("%n%s, decided, %d: %s", report.file().name(), n, rule));
    report
        .details(Kind.OUT_OF_SCOPE)
        .forEach(
            (why, n) -> out.printf("%n%s, out of scope, %d: %s", report.file().name(), n, why));
    List<Outcome> wrong =
        report.outcomes().stream().filter(outcome -> outcome.kind() == Kind.DIFFERS).toList();
    wrong.stream()
        .limit(LISTED)
        .forEach(
            outcome ->
                out.printf(
                    "%n%s, %s: %s", outcome.one().id(), outcome.one().comment(), outcome.detail()));
    if (wrong.size() > LISTED) {
      out.printf("%n%s: and %d more", report.file().name(), wrong.size() - LISTED);
    }
  }

  private static String agreement(long cases) {
    return cases == 0 ? "No case is within the protocol." : "All " + cases + " cases agree.";
  }

  private static long sum(List<FileReport> reports, Kind kind) {
    return reports.stream().mapToLong(report -> report.count(kind)).sum();
  }
}
