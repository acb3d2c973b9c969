package dev.sealcheck.conformance.run;

import io.cucumber.junit.platform.engine.Constants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/** One of the two engines that run checks: how it is made, pointed at them and kept quiet. */
enum Engine {
  CUCUMBER("cucumber") {
    @Override
    List<DiscoverySelector> selectors(SuiteSources sources) {
      return List.of(DiscoverySelectors.selectPackage(sources.featurePackage()));
    }

    @Override
    Map<String, String> configuration(SuiteSources sources, int parallelism) {
      Map<String, String> settings = new HashMap<>();
      settings.put(Constants.GLUE_PROPERTY_NAME, sources.gluePackage());
      settings.put(Constants.PLUGIN_PUBLISH_ENABLED_PROPERTY_NAME, "false");
      settings.put(Constants.PLUGIN_PUBLISH_QUIET_PROPERTY_NAME, "true");
      settings.put(
          Constants.PARALLEL_EXECUTION_ENABLED_PROPERTY_NAME, Boolean.toString(parallelism > 1));
      settings.put(Constants.PARALLEL_CONFIG_STRATEGY_PROPERTY_NAME, "fixed");
      settings.put(
          Constants.PARALLEL_CONFIG_FIXED_PARALLELISM_PROPERTY_NAME, Integer.toString(parallelism));
      settings.put(
          Constants.PARALLEL_CONFIG_FIXED_MAX_POOL_SIZE_PROPERTY_NAME,
          Integer.toString(parallelism));
      return settings;
    }
  },
  JQWIK("jqwik") {
    @Override
    List<DiscoverySelector> selectors(SuiteSources sources) {
      return List.of(DiscoverySelectors.selectPackage(sources.propertyPackage()));
    }

    @Override
    Map<String, String> configuration(SuiteSources sources, int parallelism) {
      return Map.of(
          // An empty name switches the database of earlier runs off.
          "jqwik.database", "",
          // Every step of shrinking is an exchange with the target.
          "jqwik.shrinking.bounded.seconds", "5",
          // Its reports go to the platform's listeners instead of the standard output.
          "jqwik.reporting.usejunitplatform", "true",
          "jqwik.reporting.onlyfailures", "true");
    }
  };

  private final String id;

  Engine(String id) {
    this.id = id;
  }

  /** The engine that the class path offers under this one's id. */
  TestEngine create() {
    return ServiceLoader.load(TestEngine.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(engine -> engine.getId().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the suite lacks the engine " + id));
  }

  abstract List<DiscoverySelector> selectors(SuiteSources sources);

  /**
   * The settings to run the checks with.
   *
   * @param parallelism how many scenarios may run at once; jqwik runs properties one by one anyway
   */
  abstract Map<String, String> configuration(SuiteSources sources, int parallelism);
}
