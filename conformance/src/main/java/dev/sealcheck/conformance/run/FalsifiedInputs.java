package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.verdict.CheckFailed;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.lifecycle.PropertyExecutionResult;

/** Names the smallest inputs for which a property failed in its report. */
final class FalsifiedInputs {

  private static final int LONGEST = 200;

  private FalsifiedInputs() {}

  /** The result, its failure with the inputs behind what was seen. */
  static PropertyExecutionResult named(Method property, PropertyExecutionResult result) {
    Optional<CheckFailed> failed =
        result.throwable().filter(CheckFailed.class::isInstance).map(CheckFailed.class::cast);
    Optional<List<Object>> inputs =
        result.shrunkSample().map(shrunk -> shrunk.parameters()).or(result::falsifiedParameters);
    if (failed.isEmpty() || inputs.isEmpty()) {
      return result;
    }
    String shown = shown(property, inputs.get());
    CheckFailed withInputs =
        new CheckFailed(
            failed.get().expected(), failed.get().seen() + "; smallest input found: " + shown);
    withInputs.initCause(failed.get());
    return result.mapToFailed(withInputs);
  }

  /** The drawn inputs only; a world or a record says nothing to a reader. */
  private static String shown(Method property, List<Object> inputs) {
    StringJoiner shown = new StringJoiner(", ");
    for (int i = 0; i < inputs.size(); i++) {
      if (property.getParameters()[i].isAnnotationPresent(ForAll.class)) {
        Object input = inputs.get(i);
        String text = escaped(String.valueOf(input));
        shown.add(input instanceof String ? '"' + text + '"' : text);
      }
    }
    return shown.toString();
  }

  /** Printable ASCII as it is, all else as an escape of JSON; cut after two hundred characters. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (escaped.length() > LONGEST) {
        return escaped + "… (" + text.length() + " characters)";
      }
      char letter = text.charAt(i);
      boolean plain = letter >= ' ' && letter <= '~';
      escaped.append(plain ? String.valueOf(letter) : String.format("\\u%04x", (int) letter));
    }
    return escaped.toString();
  }
}
