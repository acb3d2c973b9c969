package dev.sealcheck.conformance.integration;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.report.RequirementResult;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.run.DiscoveredSuite;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.run.SuiteRunner;
import dev.sealcheck.conformance.run.SuiteSources;
import dev.sealcheck.conformance.target.Models;
import dev.sealcheck.conformance.target.Preflight;
import dev.sealcheck.conformance.target.SuiteServers;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;

/**
 * Runs of the shipped suite inside this process, as the run command makes them.
 *
 * @param exchangeLimit how long one exchange may take
 * @param checkLimit how long one check may take
 */
record InProcess(Duration exchangeLimit, Duration checkLimit) {

  private static final long SEED = 20_261_101;
  private static final int NODE_CHECKS_AT_ONCE = 4;

  static final Ledger LEDGER = Ledger.load();

  static {
    // As the command does: the engines log at every start what the suite chose on purpose.
    LogManager.getLogManager().reset();
  }

  /** Rows that have a test, in the order of the ledger. */
  static List<String> testedIds() {
    return LEDGER.rows().stream().filter(row -> row.tested()).map(row -> row.id()).toList();
  }

  /** Everything that tests the one requirement. */
  static Selection only(String id) {
    return Selection.of(Optional.empty(), List.of(id), Optional.empty(), LEDGER);
  }

  /**
   * Asks for models, runs the selected checks and returns what came out.
   *
   * @param model the model to chat with; empty for the first that the target lists
   * @throws UnreachableException if nothing that speaks HTTP answers
   */
  RunResult run(URI proxy, List<TestUser> users, Selection selection, Optional<String> model)
      throws InterruptedException, UnreachableException {
    Models named = model.map(name -> Models.of(List.of(name))).orElse(Models.none("none listed"));
    Target target = Target.of(proxy, users, named, exchangeLimit, checkLimit, false);
    try (SuiteServers none = SuiteServers.none(SuiteClock.system())) {
      return run(target, none, selection);
    }
  }

  /**
   * Runs the selected checks on a target; one whose models are not known is asked for them.
   *
   * @throws UnreachableException if nothing that speaks HTTP answers
   */
  RunResult run(Target target, SuiteServers servers, Selection selection)
      throws InterruptedException, UnreachableException {
    SuiteClock clock = SuiteClock.system();
    int atOnce = Math.max(NODE_CHECKS_AT_ONCE, target.users().size());
    DiscoveredSuite suite =
        new SuiteRunner(LEDGER, SuiteSources.shipped()).discover(selection, atOnce);
    try (Messenger messenger = new Messenger(clock)) {
      Models models = target.models();
      Deadline limit = Deadline.in(clock, exchangeLimit);
      if (target.proxy().isPresent()) {
        Models listed =
            Preflight.ask(messenger, target.requireProxy(), target.users().get(0).token(), limit);
        models = models.names().isEmpty() ? listed : models;
      } else {
        Preflight.reach(messenger, target.profile().requireNode().url(), limit);
      }
      Target known =
          new Target(
              target.proxy(),
              target.users(),
              models,
              target.profile(),
              target.budget(),
              exchangeLimit,
              checkLimit,
              target.reference());
      try (TestRun run = TestRun.open(known, servers, messenger, clock, SEED)) {
        return suite.run(run, () -> {});
      }
    }
  }

  /** The row of that requirement. */
  static RequirementResult row(RunResult result, String id) {
    return result.requirements().stream()
        .filter(row -> row.requirement().id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the run did not report " + id));
  }
}
