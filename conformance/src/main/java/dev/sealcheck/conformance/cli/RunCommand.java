package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.report.ResultsJson;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.report.TerminalReport;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.run.DiscoveredSuite;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.run.SuiteRunner;
import dev.sealcheck.conformance.run.SuiteSources;
import dev.sealcheck.conformance.target.Models;
import dev.sealcheck.conformance.target.Preflight;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tests a deployment and judges it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Tests a deployment and judges it; without --proxy, the reference.")
final class RunCommand implements Callable<Integer> {

  private static final int SCENARIO_LIMIT_IN_EXCHANGES = 6;
  private static final int TIMEOUT_LIMIT_SECONDS = 3600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "The proxy to test. Without it the reference is started, tested and stopped.")
  private Optional<URI> proxy;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A token on each line, each of a user of its own; more users test faster. Without it:"
              + " the variable SEALCHECK_TOKEN.")
  private Optional<Path> tokenFile;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model to chat with. Without it: the first that the target lists.")
  private Optional<String> model;

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
    List<TestUser> users;
    try {
      requireConsistentOptions();
      selection = Selection.of(tags, ids, onlyClass, ledger);
      users =
          proxy.isPresent() ? Tokens.users(tokenFile, System.getenv(Tokens.VARIABLE)) : List.of();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    SuiteClock clock = SuiteClock.system();
    SuiteRunner runner = new SuiteRunner(ledger, SuiteSources.shipped());
    RunResult result =
        proxy.isPresent()
            ? testGiven(runner, selection, users, clock)
            : testReference(runner, selection, clock);
    new TerminalReport(out()).print(result);
    if (reportDirectory.isPresent()) {
      Path file = ResultsJson.write(result, reportDirectory.get());
      out().println("  results: " + file);
    }
    return result.conformance().exitCode();
  }

  private RunResult testGiven(
      SuiteRunner runner, Selection selection, List<TestUser> users, SuiteClock clock)
      throws InterruptedException, UnreachableException {
    URI base = Target.baseOf(proxy.orElseThrow());
    DiscoveredSuite suite = runner.discover(selection, users.size());
    try (Messenger messenger = new Messenger(clock)) {
      Models listed = models(messenger, base, users, clock);
      Target target = new Target(base, users, listed, exchangeLimit(), scenarioLimit(), false);
      return test(suite, target, messenger, clock, () -> {});
    }
  }

  private RunResult testReference(SuiteRunner runner, Selection selection, SuiteClock clock)
      throws InterruptedException, UnreachableException {
    // Connections are closed before the reference is stopped, which would wait for them.
    try (StartingReference starting = StartingReference.begin(clock);
        Messenger messenger = new Messenger(clock)) {
      // The checks are looked for while proxy and node start: both take about as long.
      DiscoveredSuite suite = runner.discover(selection, StartingReference.USER_COUNT);
      ReferenceDeployment reference = starting.await();
      Models listed = models(messenger, reference.proxy(), reference.users(), clock);
      Target target = reference.target(listed, exchangeLimit(), scenarioLimit());
      return test(suite, target, messenger, clock, reference::requireAlive);
    }
  }

  private RunResult test(
      DiscoveredSuite suite,
      Target target,
      Messenger messenger,
      SuiteClock clock,
      Runnable requireUp)
      throws InterruptedException {
    long chosen = seed.orElseGet(() -> (long) new SecureRandom().nextInt(Integer.MAX_VALUE));
    out()
        .println(
            "Sealcheck tests "
                + target.proxy()
                + (target.reference() ? " (the reference)" : "")
                + " with "
                + Paragraph.counted(suite.size(), "test")
                + ", seed "
                + chosen);
    try (TestRun run = TestRun.open(target, messenger, clock, chosen)) {
      return suite.run(run, requireUp);
    }
  }

  private Models models(Messenger messenger, URI base, List<TestUser> users, SuiteClock clock)
      throws UnreachableException {
    Models listed =
        Preflight.ask(messenger, base, users.get(0).token(), Deadline.in(clock, exchangeLimit()));
    return model.map(name -> Models.of(List.of(name))).orElse(listed);
  }

  private void requireConsistentOptions() {
    if (proxy.isEmpty() && tokenFile.isPresent()) {
      throw new IllegalArgumentException(
          "--token-file needs --proxy: the reference has own tokens");
    }
    proxy.ifPresent(Target::baseOf);
    if (timeoutSeconds < 1 || timeoutSeconds > TIMEOUT_LIMIT_SECONDS) {
      throw new IllegalArgumentException(
          "--timeout is 1 to " + TIMEOUT_LIMIT_SECONDS + " seconds, got " + timeoutSeconds);
    }
    if (reportDirectory.isPresent()) {
      requireDirectory(reportDirectory.get());
    }
    if (model.isPresent() && model.get().isBlank()) {
      throw new IllegalArgumentException("--model is blank");
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
