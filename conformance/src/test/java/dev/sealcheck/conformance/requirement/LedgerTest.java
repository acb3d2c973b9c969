package dev.sealcheck.conformance.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

  private static final String ROW =
      """
      - id: ENC-03
        title: A title
        statement: >-
          Each event
          has its own nonce.
        level: MUST
        class: hardened
        tag: hardening
        source: docs/PROTOCOL.md section 3
        role: deployment
        why: Because.
        fix: So.
      """;

  @Test
  void readsARow() throws IOException {
    Requirement row = read(ROW).find("ENC-03").orElseThrow();

    assertThat(row.statement()).isEqualTo("Each event has its own nonce.");
    assertThat(row.level()).isEqualTo(Level.MUST);
    assertThat(row.requirementClass()).isEqualTo(RequirementClass.HARDENED);
    assertThat(row.tag()).isEqualTo(Tag.HARDENING);
    assertThat(row.role()).isEqualTo(Role.DEPLOYMENT);
    assertThat(row.tested()).isTrue();
    assertThat(row.partial()).isEmpty();
    assertThat(row.needs()).isEmpty();
    assertThat(row.section()).isEqualTo(new Section("ENC", "Sealing"));
    assertThat(row.standing()).isEqualTo(Standing.TESTED);
  }

  @Test
  void readsWhatARowNeeds() throws IOException {
    assertThat(read(ROW + "  needs: a second user\n").find("ENC-03").orElseThrow().needs())
        .contains("a second user");
  }

  @Test
  void keepsTheOrderOfTheFile() throws IOException {
    Ledger ledger = read(ROW + ROW.replace("ENC-03", "ACC-01") + ROW.replace("ENC-03", "ENC-01"));

    assertThat(ledger.rows())
        .extracting(Requirement::id)
        .containsExactly("ENC-03", "ACC-01", "ENC-01");
  }

  @Test
  void takesExcludedAndPartialRows() throws IOException {
    Requirement excluded = read(ROW + "  excluded: later\n").find("ENC-03").orElseThrow();
    assertThat(excluded.tested()).isFalse();
    assertThat(excluded.standing()).isEqualTo(Standing.EXCLUDED);
    assertThat(read(ROW + "  partial: a bit\n").find("ENC-03").orElseThrow().partial())
        .contains("a bit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "level: MUST    | level: MIGHT   | row 1 (ENC-03): key level is MIGHT, not one of MUST, SHOULD, MAY",
        "class: hardened| class: soft    | row 1 (ENC-03): key class is soft, not one of core, hardened",
        "tag: hardening | tag: x         | key tag is x, not one of published, observed, hardening",
        "role: deployment| role: x       | key role is x",
        "why: Because.  | why: ''        | row 1 (ENC-03): key why is not a text, or is blank",
        "why: Because.  | why: 5         | key why is not a text",
        "fix: So.       | fixes: So.     | row 1 (ENC-03): key fixes is no key of the ledger",
        "title: A title | excluded: later| row 1 (ENC-03): key title is missing",
        "id: ENC-03     | id: enc3       | row 1 (enc3): key id is not capitals",
        "fix: So.       | level: MAY     | the ledger is not YAML"
      })
  void refusesAWrongRow(String from, String to, String message) {
    assertThatThrownBy(() -> read(ROW.replace(from, to)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnIdThatStandsTwice() {
    assertThatThrownBy(() -> read(ROW + ROW))
        .isInstanceOf(LedgerException.class)
        .hasMessage("row 2: id ENC-03 stands twice");
  }

  @Test
  void refusesARowThatIsBothPartialAndExcluded() {
    assertThatThrownBy(() -> read(ROW + "  partial: a\n  excluded: b\n"))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("beside excluded");
  }

  @ParameterizedTest
  @CsvSource({"''", "[]", "{a: 1}", "- 5"})
  void refusesWhatIsNoListOfRows(String yaml) {
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(LedgerException.class);
  }

  @Test
  void carriesTheWholeCatalogue() {
    Ledger ledger = Ledger.load();

    assertThat(ledger.rows()).hasSize(124);
    assertThat(ledger.rows())
        .allSatisfy(row -> assertThat(row.section().title()).isNotEqualTo(row.section().prefix()));
    assertThat(ledger.rows()).filteredOn(row -> row.level() == Level.MUST).hasSize(112);
    assertThat(ledger.rows())
        .filteredOn(row -> row.requirementClass() == RequirementClass.CORE)
        .hasSize(51);
  }

  private static Ledger read(String yaml) throws IOException {
    return Ledger.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
