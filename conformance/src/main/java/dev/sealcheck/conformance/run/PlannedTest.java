package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.target.TestKey;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClasspathResourceSource;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A test that an engine found.
 *
 * @param key the same that its record has once it begins
 * @param name for people: the scenario, or its outline and row of examples, or the property
 */
record PlannedTest(TestKey key, String name, TestTags tags) {

  static PlannedTest of(TestIdentifier test, TestPlan plan) {
    List<String> tags = test.getTags().stream().map(TestTag::getName).toList();
    return new PlannedTest(keyOf(test), nameOf(test, plan), TestTags.of(tags));
  }

  private static TestKey keyOf(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    if (source instanceof ClasspathResourceSource resource) {
      int line = resource.getPosition().map(FilePosition::getLine).orElse(0);
      return TestKey.ofFeature(resource.getClasspathResourceName(), line);
    }
    if (source instanceof MethodSource method) {
      return TestKey.ofProperty(method.getClassName(), method.getMethodName());
    }
    return new TestKey(test.getUniqueId());
  }

  /** A row of examples is named "Example #1.2: …" and stands two steps under its outline. */
  private static String nameOf(TestIdentifier test, TestPlan plan) {
    Optional<TestIdentifier> examples =
        plan.getParent(test)
            .filter(
                parent -> parent.getUniqueIdObject().getLastSegment().getType().equals("examples"));
    return examples
        .flatMap(plan::getParent)
        .map(outline -> outline.getDisplayName() + " [" + test.getDisplayName() + "]")
        .orElse(test.getDisplayName());
  }
}
