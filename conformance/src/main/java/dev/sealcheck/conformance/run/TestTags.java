package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tags of one scenario or property.
 *
 * @param names sorted, without at signs
 */
record TestTags(Set<String> names) {

  static TestTags of(Collection<String> tags) {
    Set<String> names = new TreeSet<>();
    tags.forEach(tag -> names.add(tag.startsWith("@") ? tag.substring(1) : tag));
    return new TestTags(names);
  }

  /** The one requirement id among the tags; empty where there is none or more than one. */
  Optional<String> requirementId() {
    List<String> ids = names.stream().filter(Requirement::isId).toList();
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }

  /** What is wrong with the tags as seen from {@code ledger}; empty where they agree with it. */
  Optional<String> problem(Ledger ledger) {
    Optional<String> id = requirementId();
    if (id.isEmpty()) {
      return Optional.of("a test names exactly one requirement, this one has the tags " + names);
    }
    Optional<Requirement> row = ledger.find(id.get());
    if (row.isEmpty()) {
      return Optional.of("the ledger has no requirement " + id.get());
    }
    if (!row.get().tested()) {
      return Optional.of("the ledger says that " + id.get() + " is excluded, and here is a test");
    }
    String level = row.get().level().tagName();
    String requirementClass = row.get().requirementClass().label();
    List<String> levels = Arrays.stream(Level.values()).map(Level::tagName).toList();
    List<String> classes =
        Arrays.stream(RequirementClass.values()).map(RequirementClass::label).toList();
    boolean agrees =
        names.stream().filter(levels::contains).toList().equals(List.of(level))
            && names.stream().filter(classes::contains).toList().equals(List.of(requirementClass));
    return agrees
        ? Optional.empty()
        : Optional.of(
            "the ledger says that %s is @%s @%s, the tags are %s"
                .formatted(id.get(), level, requirementClass, names));
  }
}
