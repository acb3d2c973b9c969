package dev.sealcheck.conformance.requirement;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ledger as a page for people: docs/REQUIREMENTS.md, which nobody edits by hand. */
public final class RequirementsPage {

  private static final int WIDTH = 118;

  private final Ledger ledger;
  private final StringBuilder page = new StringBuilder();

  private RequirementsPage(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The page in Markdown; the same text for the same ledger. */
  public static String markdown(Ledger ledger) {
    RequirementsPage page = new RequirementsPage(ledger);
    page.introduction();
    page.overview();
    page.sections().forEach(page::section);
    return page.page.toString();
  }

  private void introduction() {
    line("<!-- Made from features/requirements.yaml by `./sealcheck docs`; do not edit. -->");
    line("");
    line("# The requirements");
    line("");
    paragraph(
        "Every rule that Sealcheck knows: %s. `docs/PROTOCOL.md` has the rules in their context, "
                .formatted(counts(ledger.rows()))
            + "and `./sealcheck explain ID` also names the checks of a row.");
    line("| | word | meaning |");
    line("|---|---|---|");
    words("level", Level.values(), Level::label, Level::meaning);
    words("class", RequirementClass.values(), RequirementClass::label, RequirementClass::meaning);
    words("tag", Tag.values(), Tag::label, Tag::meaning);
    words("role", Role.values(), Role::label, Role::meaning);
    words("standing", Standing.values(), Standing::label, Standing::meaning);
    line("");
  }

  private <E> void words(
      String kind, E[] words, Function<E, String> label, Function<E, String> meaning) {
    for (E word : words) {
      line("| %s | %s | %s |", kind, label.apply(word), meaning.apply(word));
    }
  }

  private void overview() {
    line("| section | ids | requirements | tested | partial | excluded |");
    line("|---|---|---|---|---|---|");
    sections()
        .forEach(
            (section, rows) ->
                line(
                    "| [%s](#%s) | %s | %d | %d | %d | %d |",
                    section.title(),
                    section.title().toLowerCase(Locale.ROOT).replace(' ', '-'),
                    section.prefix(),
                    rows.size(),
                    count(rows, Standing.TESTED),
                    count(rows, Standing.PARTIAL),
                    count(rows, Standing.EXCLUDED)));
  }

  private void section(Section section, List<Requirement> rows) {
    line("");
    line("## %s", section.title());
    rows.forEach(this::row);
  }

  private void row(Requirement row) {
    line("");
    line("### %s %s", row.id(), row.title());
    line("");
    line(
        "%s · %s · %s · role %s · %s",
        row.level().label(),
        row.requirementClass().label(),
        row.tag().label(),
        row.role().label(),
        row.standing().label());
    line("");
    paragraph(row.statement());
    item("Why", row.why());
    item("Fix", row.fix());
    item("Source", row.source());
    row.needs().ifPresent(text -> item("Needs", text));
    row.partial().ifPresent(text -> item("Not observed", text));
    row.excluded().ifPresent(text -> item("Not tested", text));
  }

  private Map<Section, List<Requirement>> sections() {
    return ledger.rows().stream()
        .collect(
            Collectors.groupingBy(
                Requirement::section, LinkedHashMap::new, Collectors.toUnmodifiableList()));
  }

  private static String counts(Collection<Requirement> rows) {
    return "%d requirements, %d tested in full, %d in part, %d excluded"
        .formatted(
            rows.size(),
            count(rows, Standing.TESTED),
            count(rows, Standing.PARTIAL),
            count(rows, Standing.EXCLUDED));
  }

  private static long count(Collection<Requirement> rows, Standing standing) {
    return rows.stream().filter(row -> row.standing() == standing).count();
  }

  private void item(String label, String text) {
    wrapped("- **" + label + "**: " + text, "  ");
  }

  private void paragraph(String text) {
    wrapped(text, "");
    line("");
  }

  /** Breaks at spaces; later lines are indented, so that they stay in their item of a list. */
  private void wrapped(String text, String indent) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        page.append(line).append('\n');
        line.setLength(0);
        line.append(indent).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    page.append(line).append('\n');
  }

  private void line(String format, Object... arguments) {
    page.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
        .append('\n');
  }
}
