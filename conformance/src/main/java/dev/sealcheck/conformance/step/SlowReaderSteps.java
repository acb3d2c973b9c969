package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.Flood;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** A client that stops reading, and how much its engine can write meanwhile. */
public final class SlowReaderSteps {

  /** What the requirement allows; each hop's buffers of the system are in it. */
  private static final long MOST_BYTES = 8L << 20;

  /** Past the limit by so much that no rounding matters. */
  private static final long FLOOD_BYTES = 2 * MOST_BYTES;

  private static final int FEW_EVENTS = 20;

  private static final int CHUNK_BYTES = 8 << 10;

  /** Sealing a chunk takes under a millisecond: whoever takes none for so long has stopped. */
  private static final Duration STILL = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final World world;
  private long written;
  private boolean readsOn;

  /** Made by Cucumber for each scenario. */
  public SlowReaderSteps(World world) {
    this.world = world;
  }

  @When("the client stops reading a stream of an engine that writes on and on")
  public void stopReading() {
    RequestRecipe recipe = world.recipes().chatStream();
    PlayedEngine.around(
        world,
        recipe,
        engine -> {
          Flood flood = new Flood(CHUNK_BYTES, FLOOD_BYTES);
          engine.does(flood);
          TestClient client = world.client();
          SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
          try (LiveStream live = TestClient.rely(() -> client.openStream(request))) {
            TestClient.rely(() -> live.require("the first event"));
            awaitStandstill(flood);
            written = flood.writtenBytes();
            readsOn = readsOn(live);
          }
          return null;
        });
  }

  @Then("the engine has to wait before it has written 8 MiB")
  public void engineWaits() {
    if (written > MOST_BYTES) {
      throw new CheckFailed(
          "an engine that can write " + MOST_BYTES + " bytes at most for a client that reads none",
          "more than that taken");
    }
  }

  @Then("the stream is still there when the client reads on")
  public void isStillThere() {
    if (!readsOn) {
      throw new CheckFailed("a stream that waits for its reader", "its end");
    }
  }

  private static boolean readsOn(LiveStream live) {
    int more = 0;
    while (more < FEW_EVENTS && live.next().isPresent()) {
      more++;
    }
    return more == FEW_EVENTS;
  }

  private void awaitStandstill(Flood flood) {
    long last = -1;
    Duration still = Duration.ZERO;
    while (still.compareTo(STILL) < 0 && flood.writtenBytes() <= MOST_BYTES) {
      long now = flood.writtenBytes();
      still = now == last ? still.plus(LOOK) : Duration.ZERO;
      last = now;
      world.await(LOOK);
    }
  }
}
