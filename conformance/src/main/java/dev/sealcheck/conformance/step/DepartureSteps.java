package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.engine.Flood;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.function.Predicate;

/** A client that leaves in the middle of a stream, and how soon its engine is let go. */
public final class DepartureSteps {

  /** What the requirement allows beside two keep-alive intervals. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Hours at the pace of a node that seals each chunk. */
  private static final long ENDLESS_BYTES = 1L << 40;

  private static final int CHUNK_BYTES = 256;

  private final World world;
  private Duration limit;
  private boolean released;

  /** Made by Cucumber for each scenario. */
  public DepartureSteps(World world) {
    this.world = world;
  }

  @When("the client leaves after two chunks, and the engine is silent")
  public void leaveSilent() {
    PacedStream paced = new PacedStream().pushText("one ").pushText("two ");
    leave(paced, paced::awaitClosedByPeer);
  }

  @When("the client leaves after two chunks, and the engine writes on")
  public void leaveWriting() {
    Flood flood = new Flood(CHUNK_BYTES, ENDLESS_BYTES);
    leave(flood, flood::awaitClosedByPeer);
  }

  @Then("the engine is let go within two keep-alive intervals and two seconds")
  public void isLetGo() {
    if (!released) {
      throw new CheckFailed(
          "the connection to the engine closed within "
              + limit.toMillis()
              + " ms of the client's leaving",
          "a connection that stays open");
    }
  }

  private void leave(EngineBehaviour stream, Predicate<Deadline> closedByPeer) {
    limit = world.profile().requireKeepAlive().multipliedBy(2).plus(SLACK);
    RequestRecipe recipe = world.recipes().chatStream();
    released =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              engine.does(stream);
              TestClient.rely(() -> readTwo(recipe));
              return closedByPeer.test(Deadline.in(world.run().clock(), limit));
            });
  }

  private boolean readTwo(RequestRecipe recipe) {
    TestClient client = world.client();
    SealedRequest request = client.seal(recipe, client.lock());
    try (LiveStream live = client.openStream(request)) {
      live.require("the first chunk");
      live.require("the second chunk");
    }
    return true;
  }
}
