package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.verdict.NotRun;
import java.util.List;

/**
 * The model names that the checks may use.
 *
 * @param names in the order of the target's list, the one to chat with first
 * @param absence why there are none, for the report; unused where there are some
 */
public record Models(List<String> names, String absence) {

  /** Copies the list. */
  public Models {
    names = List.copyOf(names);
  }

  /** The given names. */
  public static Models of(List<String> names) {
    return new Models(names, "no model is known");
  }

  /** No names, and the reason. */
  public static Models none(String absence) {
    return new Models(List.of(), absence);
  }

  /**
   * The model to chat with.
   *
   * @throws NotRun if there is none, with the reason
   */
  public String chatModel() {
    if (names.isEmpty()) {
      throw new NotRun(absence);
    }
    return names.get(0);
  }
}
