package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.StreamBehaviours;
import dev.sealcheck.conformance.exchange.RawConnection;
import dev.sealcheck.conformance.exchange.RawRequest;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.When;
import java.net.URI;
import java.util.function.Supplier;

/** Connections that break off in the middle, many of them. */
public final class AbortSteps {

  private static final int MISSING_BYTES = 50;

  private final World world;
  private final AfterwardsSteps afterwards;

  /** Made by Cucumber for each scenario. */
  public AbortSteps(World world, AfterwardsSteps afterwards) {
    this.world = world;
    this.afterwards = afterwards;
  }

  @When("many connections are reset in the middle of a body")
  public void resetInBodies() {
    world.profile().require(Permission.DISTURBING);
    TestClient client = world.client();
    afterwards.around(
        client,
        () -> {
          // A body that never ends uses no lock, so one is enough for all.
          LockGrant lock = client.lock();
          reset(
              client,
              () -> {
                Bytes whole = whole(client, world.recipes().chat(), lock);
                return whole.slice(0, whole.length() - MISSING_BYTES);
              },
              false);
        });
  }

  @When("many connections are reset in the middle of an answer")
  public void resetInAnswers() {
    world.profile().require(Permission.DISTURBING);
    TestClient client = world.client();
    boolean played = world.run().servers().engine().isPresent();
    afterwards.around(
        client,
        () -> {
          if (played) {
            // So that there is an answer to be in the middle of, however quick engines are.
            world.engine().does(StreamBehaviours.silentAfter(1));
          }
          try {
            reset(
                client, () -> whole(client, world.recipes().longChatStream(), client.lock()), true);
          } finally {
            if (played) {
              world.engine().does(Behaviours.ordinary());
            }
          }
        });
  }

  /** Each kind of reset gets half of the connections that the profile allows. */
  private void reset(TestClient client, Supplier<Bytes> sending, boolean awaitAnswer) {
    URI address = client.door().uri("/");
    for (int i = 0; i < Math.max(1, world.profile().counts().resets() / 2); i++) {
      Bytes bytes = sending.get();
      world.run().countRequest();
      RawConnection connection = client.messenger().connect(address);
      connection.write(bytes);
      if (awaitAnswer) {
        connection.isQuietFor(world.run().target().exchangeLimit());
      }
      connection.reset();
    }
  }

  private static Bytes whole(TestClient client, RequestRecipe recipe, LockGrant lock) {
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, lock));
    return RawRequest.whole(client.call(request));
  }
}
