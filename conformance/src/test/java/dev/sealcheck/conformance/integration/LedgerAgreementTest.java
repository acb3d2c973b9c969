package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.requirement.Ledger;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.requirement.Requirement;
import dev.sealcheck.conformance.requirement.RequirementClass;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.run.SuiteRunner;
import dev.sealcheck.conformance.run.SuiteSources;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Ledger and checks agree, both ways. */
class LedgerAgreementTest {

  private static final Ledger LEDGER = Ledger.load();

  private static List<Found> found;

  /** A scenario, a row of examples or a property, found without the runner of the suite. */
  private record Found(String name, Set<String> tags) {

    static Found of(TestIdentifier test) {
      Set<String> tags =
          test.getTags().stream()
              .map(TestTag::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      return new Found(test.getUniqueId(), tags);
    }

    List<String> ids() {
      return tags.stream().filter(Requirement::isId).toList();
    }

    List<String> among(List<String> words) {
      return tags.stream().filter(words::contains).toList();
    }
  }

  @BeforeAll
  static void findChecks() {
    SuiteSources shipped = SuiteSources.shipped();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectPackage(shipped.featurePackage()), selectPackage(shipped.propertyPackage()))
            .filters(EngineFilter.includeEngines("cucumber", "jqwik"))
            .configurationParameter("cucumber.glue", shipped.gluePackage())
            .configurationParameter("jqwik.database", "")
            .build();
    TestPlan plan = LauncherFactory.create().discover(request);
    found =
        plan.getRoots().stream()
            .flatMap(root -> plan.getDescendants(root).stream())
            .filter(TestIdentifier::isTest)
            .map(Found::of)
            .toList();
  }

  @Test
  void everyRowThatIsNotExcludedHasATest() {
    Set<String> named =
        found.stream().flatMap(test -> test.ids().stream()).collect(Collectors.toSet());

    assertThat(LEDGER.rows())
        .filteredOn(Requirement::tested)
        .isNotEmpty()
        .extracting(Requirement::id)
        .allSatisfy(id -> assertThat(named).contains(id));
  }

  @Test
  void everyTestNamesExactlyOneRowThatIsNotExcluded() {
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(
            test -> {
              assertThat(test.ids()).as(test.name()).hasSize(1);
              assertThat(LEDGER.find(test.ids().get(0)))
                  .as(test.name())
                  .hasValueSatisfying(row -> assertThat(row.excluded()).isEmpty());
            });
  }

  @Test
  void everyTestHasTheLevelAndTheClassOfItsRow() {
    List<String> levels = Arrays.stream(Level.values()).map(Level::tagName).toList();
    List<String> classes =
        Arrays.stream(RequirementClass.values()).map(RequirementClass::label).toList();

    assertThat(found)
        .allSatisfy(
            test -> {
              Requirement row = LEDGER.find(test.ids().get(0)).orElseThrow();
              assertThat(test.among(levels)).as(test.name()).containsExactly(row.level().tagName());
              assertThat(test.among(classes))
                  .as(test.name())
                  .containsExactly(row.requirementClass().label());
            });
  }

  @Test
  void everyOtherTagIsAKnownWordThatFitsTheRow() {
    List<String> permissions = Arrays.stream(Permission.values()).map(Permission::word).toList();

    assertThat(found)
        .allSatisfy(
            test -> {
              Requirement row = LEDGER.find(test.ids().get(0)).orElseThrow();
              Set<String> fitting = new TreeSet<>(permissions);
              fitting.addAll(
                  List.of(
                      row.id(),
                      row.level().tagName(),
                      row.requirementClass().label(),
                      row.tag().label(),
                      row.role().label()));
              assertThat(fitting).as(test.name()).containsAll(test.tags());
            });
  }

  @Test
  void everyRowHasItsTestsOrTheReasonWhyThereAreNone() {
    Set<String> named =
        found.stream().flatMap(test -> test.ids().stream()).collect(Collectors.toSet());

    assertThat(LEDGER.rows())
        .allSatisfy(
            row ->
                assertThat(named.contains(row.id()))
                    .as(row.id() + " is either tested or excluded")
                    .isNotEqualTo(row.excluded().isPresent()));
  }

  @Test
  void theRunnerFindsTheSameTests() {
    SuiteRunner runner = new SuiteRunner(LEDGER, SuiteSources.shipped());

    assertThat(runner.discover(Selection.everything(), 2).size()).isEqualTo(found.size());
  }
}
