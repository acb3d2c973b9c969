package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Charges;
import dev.sealcheck.conformance.world.LeftStream;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.UnitLock;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.UnitProbe.Count;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Optional;
import java.util.function.Predicate;

/** What streams cost, left early or read to the end. */
public final class LeavingSteps {

  /** Each counted as one token by the engine that the check plays. */
  private static final int TEXTS = 3;

  /** Leaving is a race between two ends of a stream, so it is tried more than once. */
  private static final int ROUNDS = 3;

  private final World world;
  private final UnitProbe probe;
  private Count count;
  private long generated;
  private long gone;
  private long plainTokens;
  private long streamTokens;

  /** Made by Cucumber for each scenario. */
  public LeavingSteps(World world, UnitProbe probe) {
    this.world = world;
    this.probe = probe;
  }

  @When("the client has one prompt answered with and without a stream")
  public void haveAnsweredBothWays() {
    world.engine();
    TestClient client = world.client();
    RequestRecipe plain = world.recipes().chat();
    RequestRecipe stream = streamed(plain);
    plainTokens = TestClient.rely(() -> Charges.tokens(client.complete(plain)));
    streamTokens = TestClient.rely(() -> Charges.tokens(client.completeStream(stream).last()));
  }

  @When("the client leaves a stream at its last event, again and again")
  public void leaveAtTheLastEvent() {
    count = Count.EXACT;
    for (int i = 0; count == Count.EXACT && i < ROUNDS; i++) {
      UnitLock lock = probe.take();
      OpenedAnswer last =
          TestClient.rely(
              () -> leave(world.recipes().chatStream(), lock, OpenedStream::isUsageChunk));
      count = probe.countWhenSettled(lock.stack(), lock.units() - Charges.tokens(last));
    }
    probe.useUp();
  }

  @When("the client leaves a stream in its middle")
  public void leaveInTheMiddle() {
    world.engine();
    UnitLock first = probe.take();
    RequestRecipe plain = world.recipes().chat();
    OpenedAnswer whole = TestClient.rely(() -> Charges.answer(world.client(), plain, first.lock()));
    long left = first.units() - Charges.tokens(whole);
    if (probe.count(first.stack(), left) != Count.EXACT) {
      throw new NotRun("what the check builds on failed: a chat is not charged as its usage says");
    }
    generated = Charges.promptTokens(whole) + TEXTS;
    UnitLock lock = probe.takeOn(first.stack());
    PacedStream paced = new PacedStream();
    world.engine().does(paced);
    for (int i = 0; i < TEXTS; i++) {
      paced.pushText("word ");
    }
    int[] seen = {0};
    TestClient.rely(() -> leave(streamed(plain), lock, event -> ++seen[0] == TEXTS));
    world.engine().does(Behaviours.ordinary());
    gone = probe.goneWhenSettled(lock.stack(), lock.units(), generated);
    probe.useUp();
  }

  @Then("both say that they used the same")
  public void bothUsedTheSame() {
    if (plainTokens != streamTokens) {
      throw new CheckFailed(
          "the same total_tokens with and without a stream", streamTokens + " and " + plainTokens);
    }
  }

  @Then("exactly the tokens that its last event names are gone")
  public void lastEventIsCharged() {
    UnitSteps.require(count, "the total_tokens of the last event charged once");
  }

  @Then("at most what was generated is gone")
  public void atMostTheGenerated() {
    if (gone > generated || gone < 0) {
      throw new CheckFailed(
          "0 to " + generated + " units charged for " + TEXTS + " tokens and their prompt",
          gone < 0 ? "units added" : "more");
    }
  }

  private OpenedAnswer leave(RequestRecipe recipe, UnitLock lock, Predicate<OpenedAnswer> last) {
    return LeftStream.read(world, world.client().seal(recipe, lock.lock()), last);
  }

  private static RequestRecipe streamed(RequestRecipe plain) {
    return plain
        .withStream(Optional.of(true))
        .withPlaintext(
            StrictJson.write(StrictJson.parseObject(plain.plaintext()).put("stream", true)));
  }
}
