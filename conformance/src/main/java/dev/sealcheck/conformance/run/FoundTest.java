package dev.sealcheck.conformance.run;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scenario, a row of examples or a property, for people.
 *
 * @param requirementId the requirement that it names; empty where it does not name exactly one
 * @param name the scenario, or its outline with the row in brackets, or the property
 * @param location the file or the class it is in, with the line or the method
 * @param tags all its tags, sorted, without at signs
 */
public record FoundTest(
    Optional<String> requirementId, String name, String location, Set<String> tags) {

  /** Copies the set; the order stays. */
  public FoundTest {
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }

  static FoundTest of(PlannedTest test) {
    return new FoundTest(
        test.tags().requirementId(), test.name(), test.key().location(), test.tags().names());
  }
}
