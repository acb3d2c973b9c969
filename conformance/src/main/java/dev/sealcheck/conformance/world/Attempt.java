package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A request that must be refused: its answer, and how often it reached the engine.
 *
 * @param what in words for the report, for instance "a request without salt"
 * @param engineCalls empty where nobody can know
 */
public record Attempt(String what, Exchange exchange, OptionalInt engineCalls) {

  /** Runs {@code send}, which sends the request, and watches the engine meanwhile. */
  public static Attempt of(World world, String what, Supplier<Exchange> send) {
    OptionalInt before = world.engineCalls();
    Exchange exchange = send.get();
    OptionalInt after = world.engineCalls();
    // Twins go before: an engine that none of them has reached is not the one behind this target.
    boolean observed = before.isPresent() && before.getAsInt() > 0 && after.isPresent();
    return new Attempt(
        what,
        exchange,
        observed ? OptionalInt.of(after.getAsInt() - before.getAsInt()) : OptionalInt.empty());
  }

  /**
   * Judges the refusal as {@link Refusal#judge} does, and that the engine was not asked.
   *
   * @throws CheckFailed if it was no such refusal, or if the engine was asked all the same
   */
  public void requireRefused(Refusal refusal, World world) {
    refusal.judge(what, exchange, world.check());
    if (engineCalls.orElse(0) > 0) {
      throw new CheckFailed(
          what + " refused before the engine is asked",
          "a refusal, and " + engineCalls.getAsInt() + " calls of the engine");
    }
  }
}
