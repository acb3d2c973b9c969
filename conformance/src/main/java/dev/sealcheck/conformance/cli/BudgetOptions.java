package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.target.Budget;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that limit what a run may cost. */
final class BudgetOptions {

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description =
          "At most N requests, beside the few that see whether the target is up; checks that are left then are NOT RUN.")
  private Optional<Long> maxRequests;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "At most N requests a second; a fraction such as 0.5 is allowed.")
  private Optional<Double> rate;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "A check asks the engine for at most N tokens in one answer.")
  private Optional<Integer> maxTokens;

  /** Made by picocli. */
  BudgetOptions() {}

  /**
   * The budget.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  Budget budget() {
    Budget none = Budget.none();
    return new Budget(
        maxRequests.orElse(none.maxRequests()),
        rate.orElse(none.requestsPerSecond()),
        maxTokens.orElse(none.maxTokens()));
  }
}
