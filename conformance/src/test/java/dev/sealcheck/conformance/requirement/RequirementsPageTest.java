package dev.sealcheck.conformance.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "REQUIREMENTS.md");

  private final String made = RequirementsPage.markdown(Ledger.load());

  @Test
  void isWhatTheDocumentationHolds() throws IOException {
    assertThat(Files.readString(PAGE).equals(made))
        .as("docs/REQUIREMENTS.md is not what the ledger says; mend it with: ./sealcheck docs")
        .isTrue();
  }

  @Test
  void hasARowForEachRequirementAndTheReasonOfEachExcludedOne() {
    List<String> lines = made.lines().toList();

    for (Requirement row : Ledger.load().rows()) {
      assertThat(lines).contains("### " + row.id() + " " + row.title());
    }
    long excluded = Ledger.load().rows().stream().filter(row -> !row.tested()).count();
    assertThat(lines.stream().filter(line -> line.startsWith("- **Not tested**")))
        .hasSize((int) excluded);
  }

  @Test
  void staysWithinTheWidthOfAPageOutsideOfTables() {
    assertThat(made.lines().filter(line -> !line.startsWith("|")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }
}
