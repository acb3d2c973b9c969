package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The request that a scenario speaks of: who sends what, and the ways in which it is harmed. */
public final class Draft {

  private final World world;
  private final Map<String, Harm> harms = new LinkedHashMap<>();
  private TestClient client;
  private RequestRecipe recipe;

  /** Made by Cucumber for each scenario. */
  public Draft(World world) {
    this.world = world;
  }

  /** Begins a draft of the check's own client. */
  void begin(RequestRecipe unharmed) {
    begin(world.client(), unharmed);
  }

  /** Begins a draft of that client. */
  void begin(TestClient sender, RequestRecipe unharmed) {
    client = sender;
    recipe = unharmed;
  }

  /** Adds a way to harm it; each is sent by itself. */
  void harm(String words, Harm harm) {
    if (harms.put(words, harm) != null) {
      throw new IllegalArgumentException("two harms are called " + words);
    }
  }

  /** Adds ways to harm it, by their words. */
  void harm(String prefix, Map<String, Harm> more) {
    more.forEach((words, harm) -> harm(prefix + words, harm));
  }

  /** Who sends it. */
  TestClient client() {
    return client;
  }

  /** The unharmed request. */
  RequestRecipe recipe() {
    return recipe;
  }

  /** The ways in which it is harmed, in the order in which they were named. */
  Map<String, Harm> harms() {
    return Collections.unmodifiableMap(harms);
  }
}
