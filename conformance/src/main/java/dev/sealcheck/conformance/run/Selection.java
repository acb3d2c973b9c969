package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which rows of the ledger, and which of their tests, a run is about. */
public final class Selection {

  private final Optional<Expression> tags;
  private final Set<String> ids;
  private final Optional<RequirementClass> onlyClass;

  private Selection(
      Optional<Expression> tags, Set<String> ids, Optional<RequirementClass> onlyClass) {
    this.tags = tags;
    this.ids = ids;
    this.onlyClass = onlyClass;
  }

  /** Every row and every test. */
  public static Selection everything() {
    return new Selection(Optional.empty(), Set.of(), Optional.empty());
  }

  /**
   * The tests that satisfy all three conditions.
   *
   * @param tags a Cucumber tag expression over the tags of scenarios and properties
   * @param ids requirement ids; empty for all
   * @param onlyClass the one class to test; empty for both
   * @throws IllegalArgumentException if the expression cannot be read or {@code ledger} has no row
   *     with one of the ids
   */
  public static Selection of(
      Optional<String> tags,
      Collection<String> ids,
      Optional<RequirementClass> onlyClass,
      Ledger ledger) {
    for (String id : ids) {
      if (ledger.find(id).isEmpty()) {
        throw new IllegalArgumentException("no requirement has the id " + id);
      }
    }
    return new Selection(tags.map(Selection::parse), new TreeSet<>(ids), onlyClass);
  }

  /** True where neither tags nor ids narrow the run, so that classes can be judged. */
  public boolean coversWholeClasses() {
    return tags.isEmpty() && ids.isEmpty();
  }

  /** True where rows of that class are selected at all. */
  public boolean covers(RequirementClass requirementClass) {
    return onlyClass.isEmpty() || onlyClass.get() == requirementClass;
  }

  /** True where a tag expression decides test by test, so that a row counts only by its tests. */
  boolean byTags() {
    return tags.isPresent();
  }

  /** True where ids and class do not shut the row out. */
  boolean includes(Requirement requirement) {
    return covers(requirement.requirementClass())
        && (ids.isEmpty() || ids.contains(requirement.id()));
  }

  /** True where a test with those tags, without their at signs, is to run. */
  boolean includes(TestTags test, Ledger ledger) {
    List<String> names = test.names().stream().map(name -> "@" + name).toList();
    if (tags.isPresent() && !tags.get().evaluate(names)) {
      return false;
    }
    Optional<Requirement> row = test.requirementId().flatMap(ledger::find);
    // A wrongly tagged test belongs to no row; it runs, and is reported, in every unfiltered run.
    return row.map(this::includes).orElse(ids.isEmpty() && onlyClass.isEmpty());
  }

  private static Expression parse(String text) {
    try {
      return TagExpressionParser.parse(text);
    } catch (TagExpressionException e) {
      throw new IllegalArgumentException("the tag expression cannot be read: " + text, e);
    }
  }
}
