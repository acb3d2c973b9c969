package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineScript;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.util.Optional;
import java.util.function.Function;

/** The engine that the suite plays, for checks of what the target makes of it. */
public final class PlayedEngine {

  private PlayedEngine() {}

  /**
   * Runs {@code attempt} between two twins, for which the engine gives the good answer.
   *
   * @throws NotApplicable if the suite plays no engine, or the target asked another one
   * @throws dev.sealcheck.conformance.verdict.NotRun if a twin fails
   */
  public static <T> T around(World world, RequestRecipe twin, Function<EngineScript, T> attempt) {
    EngineScript script = world.engine();
    Twins.complete(world.client(), twin, "before");
    if (script.calls().isEmpty()) {
      throw new NotApplicable("a target whose requests reach the engine that the suite plays");
    }
    T result = attempt.apply(script);
    script.does(Behaviours.ordinary());
    Twins.complete(world.client(), twin, "after");
    return result;
  }

  /** The script of the check; empty where the suite plays no engine. */
  public static Optional<EngineScript> of(World world) {
    return world.run().servers().engine().isPresent()
        ? Optional.of(world.engine())
        : Optional.empty();
  }
}
