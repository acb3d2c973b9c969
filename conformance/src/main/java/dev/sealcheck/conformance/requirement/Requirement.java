package dev.sealcheck.conformance.requirement;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of the ledger; every text is non-blank and holds no line break.
 *
 * @param id capitals, a hyphen and two digits, for instance ENC-03; never changes its meaning
 * @param title a few words
 * @param statement what the target must, should or may do
 * @param level how binding it is
 * @param requirementClass the class it belongs to
 * @param tag where the rule comes from
 * @param source the section of docs/PROTOCOL.md and the outside source
 * @param role the part the suite plays to test it
 * @param needs what a target must have beside the role's door, in words; empty where nothing
 * @param why what goes wrong in the field when it is broken
 * @param fix how to fix a failure
 * @param partial what the tests of today do not yet observe; empty where they observe all of it
 * @param excluded why no test of today covers it; empty where one does
 */
public record Requirement(
    String id,
    String title,
    String statement,
    Level level,
    RequirementClass requirementClass,
    Tag tag,
    String source,
    Role role,
    Optional<String> needs,
    String why,
    String fix,
    Optional<String> partial,
    Optional<String> excluded) {

  private static final Pattern ID = Pattern.compile("[A-Z]+-[0-9]{2}");

  /**
   * A row with a well-formed id.
   *
   * @throws IllegalArgumentException if the id is not of the form described above
   */
  public Requirement {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "a requirement id is capitals, a hyphen and two digits, got " + id);
    }
  }

  /** True where {@code text} has the form of a requirement id, known or not. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The section of the ledger that the row is in. */
  public Section section() {
    return Section.of(id.substring(0, id.indexOf('-')));
  }

  /** How far the tests of today cover the row. */
  public Standing standing() {
    return Standing.of(this);
  }

  /** True where a test of today covers the row. */
  public boolean tested() {
    return excluded.isEmpty();
  }
}
