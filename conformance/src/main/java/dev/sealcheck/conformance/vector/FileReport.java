package dev.sealcheck.conformance.vector;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A whole file, worked out.
 *
 * @param file the file
 * @param outcomes one for each of its cases, in their order
 */
public record FileReport(VectorFile file, List<Outcome> outcomes) {
  /** Copies the list. */
  public FileReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Works all cases out. */
  public static FileReport of(VectorFile file) {
    return new FileReport(file, file.cases().stream().map(Outcome::of).toList());
  }

  /** How many cases ended so. */
  public long count(Outcome.Kind kind) {
    return outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
  }

  /** The cases that ended so, counted by their detail. */
  public Map<String, Long> details(Outcome.Kind kind) {
    return outcomes.stream()
        .filter(outcome -> outcome.kind() == kind)
        .collect(Collectors.groupingBy(Outcome::detail, TreeMap::new, Collectors.counting()));
  }
}
