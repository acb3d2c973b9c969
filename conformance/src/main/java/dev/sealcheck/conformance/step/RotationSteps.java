package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.NodeEvidence;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.Rotation;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node of the target that changes its key while requests are under way. */
public final class RotationSteps {

  private static final int LOCKS = 3;
  private static final List<String> TEXTS = List.of("one ", "two ", "three ", "four");
  private static final int CHANGE_AFTER = 2;

  /** Long enough for a rotation on a busy machine, short enough to wait for its end. */
  private static final int SHORT_LOCK_SECONDS = 6;

  /**
   * How long a stale request is held back: were its lock given its whole time anew, that would end
   * this much later, which is more than the tolerance of its end.
   */
  private static final Duration HELD_BACK = Duration.ofSeconds(3);

  private final World world;
  private final NodeEvidence evidence;
  private final List<LockGrant> locks = new ArrayList<>();
  private final List<Exchange> uses = new ArrayList<>();
  private LockGrant old;
  private Exchange stale;
  private ServedEvidence served;
  private OpenedStream stream;
  private long stackAfter;

  /** Made by Cucumber for each scenario. */
  public RotationSteps(World world, NodeEvidence evidence) {
    this.world = world;
    this.evidence = evidence;
  }

  @Given("a node that changes its key when it is told to")
  public void rotatingNode() {
    world.profile().require(Permission.DISTURBING);
    var unused = world.rotation();
  }

  @When("it changes its key")
  public void rotate() {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    old = evidence.offered();
    rotation().rotate();
    for (int i = 0; i < LOCKS; i++) {
      locks.add(evidence.offered());
    }
    served = TestClient.rely(() -> evidence.served(old.nodeSmallId()));
  }

  @Then("every lock from then on offers another key")
  public void offersAnother() {
    if (locks.stream().anyMatch(lock -> lock.publicKey().equals(old.publicKey()))) {
      throw new CheckFailed("the new key in each lock", "the key from before the rotation");
    }
  }

  @Then("the evidence is for that key")
  public void evidenceIsForIt() {
    LockGrant last = locks.get(locks.size() - 1);
    served
        .publicKey()
        .filter(key -> !key.equals(last.publicKey().bytes()))
        .ifPresent(
            another -> {
              throw new CheckFailed("evidence for the key that the lock offers", "for another");
            });
  }

  @When("it changes its key between a lock and its request")
  public void rotateBetween() {
    TestClient client = world.client();
    Twins.complete(client, world.recipes().chat(), "before");
    old = client.lock();
    SealedRequest late = client.seal(world.recipes().chat(), old);
    relyOnRotation();
    stale = client.send(late);
    LockGrant renewed = client.lock();
    LockGrant restored = underKeyOf(renewed, old);
    for (LockGrant lock : List.of(restored, renewed, restored)) {
      uses.add(client.send(client.seal(world.recipes().chat(), lock)));
    }
    Twins.complete(client, world.recipes().chat(), "after");
  }

  @Then("the request is refused as sealed to a stale key")
  public void isStale() {
    Refusal.STALE_NODE_KEY.judge("a request under the key before", stale, world.check());
  }

  @Then("its lock serves another request, and only one")
  public void servesOnce() {
    requireServed(uses.get(0), "a request under the new key on the lock of the stale one");
    requireServed(uses.get(1), "a request on the next lock");
    Refusal.UNAVAILABLE_STACK.judge("a third request on two locks", uses.get(2), world.check());
  }

  @When("it changes its key, and a request under the old one comes late on a lock of a whole stack")
  public void comeLate() {
    world.profile().require(Permission.COSTLY);
    TestClient client = world.client();
    Twins.complete(client, world.recipes().chat(), "before");
    long units = world.profile().limits().stackUnits();
    old = TestClient.rely(() -> client.grant(client.askForLock(units, SHORT_LOCK_SECONDS)));
    long heldUntil = world.run().clock().nanoTime() + HELD_BACK.toNanos();
    SealedRequest late = client.seal(world.recipes().chat(), old);
    relyOnRotation();
    LockGrant glance = evidence.offered();
    world.awaitNanoTime(heldUntil);
    stale = client.send(late);
    client.user().quietAt().ifPresent(world::awaitNanoTime);
    uses.add(client.send(client.seal(world.recipes().chat(), underKeyOf(glance, old))));
    stackAfter = TestClient.rely(() -> client.grant(client.askForLock(units, 1))).stackSmallId();
    Twins.complete(client, world.recipes().chat(), "after");
  }

  @Then("its lock ends when it would have ended, with nothing charged")
  public void endsAsItWould() {
    Refusal.UNAVAILABLE_STACK.judge(
        "a request after the end of a lock that was restored", uses.get(0), world.check());
    if (stackAfter != old.stackSmallId()) {
      throw new CheckFailed(
          "the same stack to be locked whole again, as nothing was charged", "units missing on it");
    }
  }

  @When("it changes its key in the middle of a stream")
  public void rotateInTheMiddle() {
    RequestRecipe recipe = world.recipes().chatStream();
    stream =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              PacedStream paced = new PacedStream();
              engine.does(paced);
              return readAcross(paced, recipe);
            });
  }

  @Then("the rest of the stream arrives and opens")
  public void restArrives() {
    EngineStreamSteps.requireTexts(TEXTS, stream.requireComplete());
  }

  private OpenedStream readAcross(PacedStream paced, RequestRecipe recipe) {
    TestClient client = world.client();
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
    paced.pushText(TEXTS.get(0));
    try (LiveStream live = client.openStream(request)) {
      for (int i = 0; i < TEXTS.size(); i++) {
        if (i == CHANGE_AFTER) {
          relyOnRotation();
        }
        if (i > 0) {
          paced.pushText(TEXTS.get(i));
        }
        var unused = live.require("event " + i + " of a stream across a rotation");
      }
      paced.pushFinish().pushUsage().end();
      return live.readToEnd();
    }
  }

  /** That it works is for another requirement. */
  private void relyOnRotation() {
    var unused =
        TestClient.rely(
            () -> {
              rotation().rotate();
              return true;
            });
  }

  private Rotation rotation() {
    return world.rotation();
  }

  private static LockGrant underKeyOf(LockGrant renewed, LockGrant lock) {
    return new LockGrant(
        renewed.publicKey(), lock.nodeSmallId(), lock.stackSmallId(), lock.stackEntryDigest());
  }

  private static void requireServed(Exchange answer, String what) {
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed(what + " answered, status 200", answer.outcome());
    }
  }
}
