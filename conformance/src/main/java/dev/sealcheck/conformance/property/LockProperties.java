package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Amounts and times of locks, docs/PROTOCOL.md sections 2 and 8. */
@RequirementProperties
@AddLifecycleHook(value = TwinControls.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class LockProperties {

  private static final int TRIES = 25;

  /** Enough for what the recipe asks for. */
  private static final int FEWEST_UNITS = 64;

  /** Several of the default, far below a stack. */
  private static final int MOST_UNITS = 40_000;

  /** Short lives may end before a slow machine has used them; long ones block a user. */
  private static final int SHORTEST_SECONDS = 5;

  private static final int LONGEST_SECONDS = 10;

  /** 2^53: no JSON reader rounds below it, and no stack is as large. */
  private static final BigInteger ABOVE_ANY_STACK = BigInteger.ONE.shiftLeft(53);

  private static final BigInteger ABOVE_ANY_TIME = BigInteger.valueOf(601);

  private static final BigInteger HIGHEST = BigInteger.ONE.shiftLeft(80);

  /** A lock request's number that is out of every range, as it is written. */
  record Wrong(String key, String json) {}

  @Property(tries = TRIES)
  @Tag("LOCK-09")
  @Tag("must")
  @Tag("hardened")
  void anyOtherAmountOrTimeIsRefused(@ForAll("wrong") Wrong wrong, World world) {
    TestClient client = world.client();
    String start = StrictJson.write(client.lockRequest()).toLenientUtf8();
    String json =
        start.substring(0, start.length() - 1) + ",\"" + wrong.key() + "\":" + wrong.json() + "}";
    Refusal.INVALID_BODY.judge(
        "a lock with " + wrong.key() + " " + wrong.json(),
        client.askForLock(Bytes.utf8(json), TestClient.DEFAULT_LOCK_TIMEOUT),
        world.check());
  }

  @Property(tries = TRIES)
  @Tag("LOCK-09")
  @Tag("must")
  @Tag("hardened")
  void anyAmountAndTimeWithinTheLimitsServe(
      @ForAll @IntRange(min = FEWEST_UNITS, max = MOST_UNITS) int units,
      @ForAll @IntRange(min = SHORTEST_SECONDS, max = LONGEST_SECONDS) int seconds,
      World world) {
    TestClient client = world.client();
    LockGrant lock = client.grant(client.askForLock(units, seconds));
    SealedRequest request = client.seal(world.recipes().chat().withNumComputeUnits(units), lock);
    client.completed(client.open(client.send(request), request));
  }

  @Provide
  Arbitrary<Wrong> wrong() {
    return Arbitraries.of("max_num_tokens", "timeout")
        .flatMap(key -> numbers(key).map(json -> new Wrong(key, json)));
  }

  private static Arbitrary<String> numbers(String key) {
    BigInteger above = key.equals("timeout") ? ABOVE_ANY_TIME : ABOVE_ANY_STACK;
    Arbitrary<String> tooLarge =
        Arbitraries.bigIntegers().between(above, HIGHEST).map(BigInteger::toString);
    Arbitrary<String> tooSmall =
        Arbitraries.bigIntegers()
            .between(HIGHEST.negate(), BigInteger.ZERO)
            .map(BigInteger::toString);
    Arbitrary<String> fractions =
        Combinators.combine(
                Arbitraries.integers().between(1, 500), Arbitraries.integers().between(0, 99))
            .as((whole, hundredths) -> whole + "." + hundredths);
    Arbitrary<String> exponents = Arbitraries.integers().between(0, 2).map(power -> "1e" + power);
    Arbitrary<String> texts = Arbitraries.integers().between(1, 500).map(n -> "\"" + n + "\"");
    return Arbitraries.oneOf(tooLarge, tooSmall, fractions, exponents, texts);
  }
}
