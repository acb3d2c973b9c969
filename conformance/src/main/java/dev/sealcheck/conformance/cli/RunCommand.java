package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.profile.Counts;
import dev.sealcheck.conformance.profile.ProfileException;
import dev.sealcheck.conformance.report.ResultsJson;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.report.TerminalReport;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.run.DiscoveredSuite;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.run.SuiteRunner;
import dev.sealcheck.conformance.run.SuiteSources;
import dev.sealcheck.conformance.target.Budget;
import dev.sealcheck.conformance.target.Models;
import dev.sealcheck.conformance.target.Preflight;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.ReferenceUnderTest;
import dev.sealcheck.conformance.target.SuiteServers;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tests a deployment and judges it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Tests a deployment and judges it; without --proxy or --node, the reference.")
final class RunCommand implements Callable<Integer> {

  private static final int SCENARIO_LIMIT_IN_EXCHANGES = 6;
  private static final int TIMEOUT_LIMIT_SECONDS = 3600;

  /** There are no users who would set a limit. */
  private static final int CHECKS_AT_ONCE_ON_A_NODE = 4;

  @Spec private CommandSpec spec;

  @Mixin private TargetOptions targetOptions;

  @Mixin private BudgetOptions budgetOptions;

  @Option(
      names = "--tags",
      paramLabel = "EXPRESSION",
      description = "Only tests whose tags fit, for instance '@must and not @slow'.")
  private Optional<String> tags;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only this requirement; may be repeated.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Only this class, core or hardened.")
  private Optional<RequirementClass> onlyClass;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Repeats the inputs of an earlier run; keys and nonces are always fresh.")
  private Optional<Long> seed;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long one exchange may take, ${DEFAULT-VALUE} s by default.")
  private int timeoutSeconds;

  @Option(names = "--report-dir", paramLabel = "DIR", description = "Writes results.json there.")
  private Optional<Path> reportDirectory;

  /** Made by picocli. */
  RunCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException, UnreachableException {
    Ledger ledger = Ledger.load();
    Selection selection;
    Optional<TargetOptions.Given> given;
    Budget budget;
    try {
      requireConsistentOptions();
      selection = Selection.of(tags, ids, onlyClass, ledger);
      budget = budgetOptions.budget();
      given = targetOptions.given(System.getenv(Tokens.VARIABLE));
    } catch (IllegalArgumentException | ProfileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    SuiteClock clock = SuiteClock.system();
    SuiteRunner runner = new SuiteRunner(ledger, SuiteSources.shipped());
    RunResult result =
        given.isPresent()
            ? testGiven(runner, selection, given.get(), budget, clock)
            : testReference(runner, selection, budget, clock);
    new TerminalReport(out()).print(result);
    if (reportDirectory.isPresent()) {
      Path file = ResultsJson.write(result, reportDirectory.get());
      out().println("  results: " + file);
    }
    return result.conformance().exitCode();
  }

  private RunResult testGiven(
      SuiteRunner runner,
      Selection selection,
      TargetOptions.Given given,
      Budget budget,
      SuiteClock clock)
      throws InterruptedException, UnreachableException {
    int atOnce = given.proxy().isPresent() ? given.users().size() : CHECKS_AT_ONCE_ON_A_NODE;
    DiscoveredSuite suite = runner.discover(selection, atOnce);
    try (SuiteServers servers = SuiteServers.start(given.profile(), clock);
        Messenger messenger = new Messenger(clock)) {
      Models unlisted = Models.none("no proxy is tested that could list models");
      Target target =
          new Target(
              given.proxy(),
              given.users(),
              unlisted,
              given.profile(),
              budget,
              exchangeLimit(),
              scenarioLimit(),
              false);
      long chosen = announce(suite, target);
      Target listing = target.proxy().isEmpty() ? target : withListed(target, messenger, clock);
      if (target.profile().node().isPresent()) {
        Preflight.reach(messenger, target.profile().node().get().url(), inTime(clock));
      }
      if (target.proxy().isPresent()) {
        servers.register(target.proxy().get(), messenger, inTime(clock));
      }
      try (TestRun run = TestRun.open(listing, servers, messenger, clock, chosen)) {
        return suite.run(run, () -> {});
      }
    }
  }

  private RunResult testReference(
      SuiteRunner runner, Selection selection, Budget budget, SuiteClock clock)
      throws InterruptedException, UnreachableException {
    // Connections are closed before the reference is stopped, which would wait for them.
    try (StartingReference starting = StartingReference.begin(clock);
        Messenger messenger = new Messenger(clock)) {
      // The checks are looked for while proxy and node start: both take about as long.
      DiscoveredSuite suite = runner.discover(selection, ReferenceUnderTest.USERS);
      ReferenceUnderTest reference = starting.await();
      ReferenceDeployment deployment = reference.deployment();
      Target target =
          new Target(
              Optional.of(deployment.proxy()),
              deployment.users(),
              Models.of(deployment.models()),
              targetOptions.refine(reference.profile(Counts.DEFAULT)),
              budget,
              exchangeLimit(),
              scenarioLimit(),
              true);
      long chosen = announce(suite, target);
      Target listing = withListed(target, messenger, clock);
      try (TestRun run = TestRun.open(listing, reference.servers(), messenger, clock, chosen)) {
        return suite.run(run, deployment::requireAlive);
      }
    }
  }

  /** Says what will be done before anything is done, and returns the seed. */
  private long announce(DiscoveredSuite suite, Target target) {
    long chosen = seed.orElseGet(() -> (long) new SecureRandom().nextInt(Integer.MAX_VALUE));
    new Announcement(
            target.address() + (target.reference() ? " (the reference)" : ""),
            suite.size(),
            chosen,
            target.users().size(),
            target.profile().accounts(),
            target.budget(),
            target.profile().allowed())
        .print(out());
    return chosen;
  }

  private Target withListed(Target target, Messenger messenger, SuiteClock clock)
      throws UnreachableException {
    BearerToken token = target.users().get(0).token();
    Models listed = Preflight.ask(messenger, target.requireProxy(), token, inTime(clock));
    return new Target(
        target.proxy(),
        target.users(),
        listed,
        target.profile(),
        target.budget(),
        target.exchangeLimit(),
        target.scenarioLimit(),
        target.reference());
  }

  private void requireConsistentOptions() {
    if (timeoutSeconds < 1 || timeoutSeconds > TIMEOUT_LIMIT_SECONDS) {
      throw new IllegalArgumentException(
          "--timeout is 1 to " + TIMEOUT_LIMIT_SECONDS + " seconds, got " + timeoutSeconds);
    }
    if (reportDirectory.isPresent()) {
      requireDirectory(reportDirectory.get());
    }
  }

  /** Made before the run, so that no result is lost for want of a place. */
  private static void requireDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IllegalArgumentException("--report-dir cannot be made: " + directory, e);
    }
  }

  private Deadline inTime(SuiteClock clock) {
    return Deadline.in(clock, exchangeLimit());
  }

  private Duration exchangeLimit() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  private Duration scenarioLimit() {
    return exchangeLimit().multipliedBy(SCENARIO_LIMIT_IN_EXCHANGES);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
