package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.run.FoundTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of tests for people: the rows of examples of one outline count as one. */
final class TestNames {

  private static final String EXAMPLE = " [";

  private TestNames() {}

  /** A line for each scenario, outline or property, with the place it is in. */
  static List<String> lines(List<FoundTest> tests) {
    Map<String, List<FoundTest>> byName =
        tests.stream()
            .collect(
                Collectors.groupingBy(
                    test -> file(test) + outline(test), LinkedHashMap::new, Collectors.toList()));
    return byName.values().stream().map(TestNames::line).toList();
  }

  private static String line(List<FoundTest> alike) {
    FoundTest first = alike.get(0);
    return first.name().contains(EXAMPLE)
        ? "%s, %s (%s)"
            .formatted(outline(first), Paragraph.counted(alike.size(), "example"), file(first))
        : "%s (%s)".formatted(sentence(first), place(first));
  }

  /** The name of a property is its method's, a sentence without spaces. */
  private static String sentence(FoundTest test) {
    if (!test.location().contains("#") || test.name().contains(" ")) {
      return test.name();
    }
    String words = test.name().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String outline(FoundTest test) {
    int end = test.name().indexOf(EXAMPLE);
    return end < 0 ? test.name() : test.name().substring(0, end);
  }

  private static String file(FoundTest test) {
    String location = test.location();
    int end = location.lastIndexOf(':');
    return end < 0 ? location : location.substring(0, end);
  }

  /** A property's class without its package. */
  private static String place(FoundTest test) {
    String location = test.location();
    int method = location.indexOf('#');
    return method < 0
        ? location
        : "property of " + location.substring(location.lastIndexOf('.', method) + 1, method);
  }
}
