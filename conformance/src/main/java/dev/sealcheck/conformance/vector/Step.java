package dev.sealcheck.conformance.vector;

import java.util.List;

/**
 * One step of a case as a person would compute it by hand.
 *
 * @param title what is computed
 * @param rule how, with its source; empty where nothing is computed
 * @param values what goes in and what comes out, in this order
 */
public record Step(String title, String rule, List<Value> values) {
  /** Copies the list. */
  public Step {
    values = List.copyOf(values);
  }
}
