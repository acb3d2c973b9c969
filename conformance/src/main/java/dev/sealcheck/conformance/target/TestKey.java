package dev.sealcheck.conformance.target;

import java.net.URI;

/**
 * Names one test of a run the same way from inside the test and from the listener of the engine.
 *
 * @param location {@code folder/file.feature:line} of a scenario or of its row of examples, or
 *     {@code package.Class#method} of a property
 */
public record TestKey(String location) {

  private static final String CLASSPATH = "classpath:";

  /**
   * The key of a scenario.
   *
   * @param uri where the feature was read from, {@code classpath:} allowed
   * @param line the line of the scenario, or of its row of examples; counts from 1
   */
  public static TestKey ofScenario(URI uri, int line) {
    String text = uri.toString();
    String path = text.startsWith(CLASSPATH) ? text.substring(CLASSPATH.length()) : text;
    return ofFeature(path, line);
  }

  /** The key of a scenario in the feature at {@code path} on the class path. */
  public static TestKey ofFeature(String path, int line) {
    return new TestKey((path.startsWith("/") ? path.substring(1) : path) + ":" + line);
  }

  /** The key of a property; overloads share one, so a class has none. */
  public static TestKey ofProperty(String className, String methodName) {
    return new TestKey(className + "#" + methodName);
  }
}
