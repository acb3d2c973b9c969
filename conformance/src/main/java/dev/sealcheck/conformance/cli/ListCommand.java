package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.requirement.Role;
import dev.sealcheck.conformance.requirement.Section;
import dev.sealcheck.conformance.requirement.Standing;
import dev.sealcheck.conformance.requirement.Tag;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the ledger by sections. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Lists the requirements and how far each is tested.")
final class ListCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(names = "--class", paramLabel = "CLASS", description = "Only core or hardened.")
  private Optional<RequirementClass> onlyClass;

  @Option(names = "--level", paramLabel = "LEVEL", description = "Only must, should or may.")
  private Optional<Level> level;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Only deployment, node, proxy, client or sdk: what the suite plays.")
  private Optional<Role> role;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only published, observed or hardening: where the rule comes from.")
  private Optional<Tag> tag;

  @Option(
      names = "--excluded",
      description = "Only those that nothing tests in this version, with the reason.")
  private boolean excluded;

  /** Made by picocli. */
  ListCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Map<Section, List<Requirement>> sections =
        Ledger.load().rows().stream()
            .filter(this::listed)
            .collect(
                Collectors.groupingBy(
                    Requirement::section, LinkedHashMap::new, Collectors.toList()));
    sections.forEach((section, rows) -> print(out, section, rows));
    List<Requirement> all = sections.values().stream().flatMap(List::stream).toList();
    out.println(counts(all) + ".");
    if (!all.isEmpty() && !excluded) {
      legend(out);
    }
    out.println("`sealcheck explain ID` tells all about one.");
    out.flush();
  }

  private boolean listed(Requirement row) {
    return onlyClass.map(row.requirementClass()::equals).orElse(true)
        && level.map(row.level()::equals).orElse(true)
        && role.map(row.role()::equals).orElse(true)
        && tag.map(row.tag()::equals).orElse(true)
        && (!excluded || !row.tested());
  }

  private void print(PrintWriter out, Section section, List<Requirement> rows) {
    out.println(section.title() + ": " + counts(rows));
    out.println();
    for (Requirement row : rows) {
      out.printf(
          Locale.ROOT,
          "%-8s %-6s %-8s %-10s %-8s %s%n",
          row.id(),
          row.level().label(),
          row.requirementClass().label(),
          row.role().label(),
          row.standing().label(),
          row.title());
      if (excluded) {
        Paragraph.lines(row.excluded().orElse(""), 80)
            .forEach(line -> out.println(" ".repeat(9) + line));
      }
    }
    out.println();
  }

  private static String counts(List<Requirement> rows) {
    return Paragraph.counted(rows.size(), "requirement")
        + Arrays.stream(Standing.values())
            .map(standing -> count(rows, standing))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", ", rows.isEmpty() ? "" : ", ", ""));
  }

  private static String count(List<Requirement> rows, Standing standing) {
    long count = rows.stream().filter(row -> row.standing() == standing).count();
    return count == 0 ? "" : count + " " + standing.label();
  }

  private static void legend(PrintWriter out) {
    for (Standing standing : Standing.values()) {
      out.printf(Locale.ROOT, "  %-9s %s%n", standing.label(), standing.meaning());
    }
  }
}
