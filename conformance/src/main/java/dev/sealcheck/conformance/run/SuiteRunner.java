package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.requirement.Ledger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Finds the checks of a run; what it returns runs them. */
public final class SuiteRunner {

  private final Ledger ledger;
  private final SuiteSources sources;

  /** A runner of the checks in {@code sources} for the rows of {@code ledger}. */
  public SuiteRunner(Ledger ledger, SuiteSources sources) {
    this.ledger = ledger;
    this.sources = sources;
  }

  /**
   * Finds the selected checks; does not need a target. Trouble on the way, such as a feature that
   * cannot be read, is kept and reported with the result.
   *
   * @param userCount how many users the run will have; as many checks run at once
   */
  public DiscoveredSuite discover(Selection selection, int userCount) {
    List<String> problems = new ArrayList<>();
    Map<Engine, EnginePlan> plans = new EnumMap<>(Engine.class);
    EnginePlan properties = discover(Engine.JQWIK, selection, 1, problems);
    plans.put(Engine.JQWIK, properties);
    // A user is kept free for the properties, which run beside the scenarios.
    int forScenarios = userCount > 1 && properties.hasTests() ? userCount - 1 : userCount;
    plans.put(Engine.CUCUMBER, discover(Engine.CUCUMBER, selection, forScenarios, problems));
    return new DiscoveredSuite(ledger, selection, plans, userCount > 1, problems);
  }

  private EnginePlan discover(
      Engine engine, Selection selection, int parallelism, List<String> problems) {
    Issues issues = new Issues();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestEngines(engine.create())
                .build());
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .enableImplicitConfigurationParameters(false)
            .selectors(engine.selectors(sources))
            .configurationParameters(engine.configuration(sources, parallelism))
            .filters((PostDiscoveryFilter) test -> filter(test, selection))
            .listeners(issues)
            .build();
    try {
      TestPlan plan = launcher.discover(request);
      return new EnginePlan(launcher, plan);
    } catch (JUnitException e) {
      problems.add("checks cannot be found: " + Outcome.describe(e));
      return EnginePlan.EMPTY;
    } finally {
      problems.addAll(issues.texts);
    }
  }

  private FilterResult filter(TestDescriptor test, Selection selection) {
    TestTags tags = TestTags.of(test.getTags().stream().map(TestTag::getName).toList());
    return FilterResult.includedIf(!test.isTest() || selection.includes(tags, ledger));
  }

  /** Collects what an engine finds wrong with the checks while it looks for them. */
  private static final class Issues implements LauncherDiscoveryListener {

    private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();

    @Override
    public void issueEncountered(UniqueId engineId, DiscoveryIssue issue) {
      if (issue.severity().compareTo(DiscoveryIssue.Severity.WARNING) >= 0) {
        texts.add("while finding checks: " + issue.message().lines().findFirst().orElse(""));
      }
    }
  }
}
