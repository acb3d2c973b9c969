package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.When;

/** Bodies that attack parsers, at every door and under the seal. */
public final class HostileSteps {

  private final World world;
  private final AfterwardsSteps afterwards;

  /** Made by Cucumber for each scenario. */
  public HostileSteps(World world, AfterwardsSteps afterwards) {
    this.world = world;
    this.afterwards = afterwards;
  }

  @When("the {word} endpoint is sent {hostile}")
  public void sendHostile(String endpoint, Bytes body) {
    TestClient client = world.client();
    HttpCall call = Doors.call(world.run().target(), endpoint).bearing(client.user().token());
    afterwards.around(client, () -> client.send(call.withBody(body)));
  }

  @When("the client sends a sealed body of {hostile}")
  public void sealHostile(Bytes body) {
    TestClient client = world.client();
    afterwards.around(
        client,
        () -> {
          SealedRequest request =
              TestClient.rely(
                  () -> client.seal(world.recipes().chat().withPlaintext(body), client.lock()));
          client.send(request);
        });
  }

  @When("the node is sent {hostile} under a good signature")
  public void sendHostileToNode(Bytes body) {
    TestClient client = world.nodeClient();
    NodeAccess node = world.profile().requireNode();
    // No envelope names a hash here; what is signed must only be well formed and the proxy's.
    String signature = node.proxyKey().sign(BodyHash.of(body)).base64();
    HttpCall call =
        HttpCall.post(client.door().uri(Endpoint.CHAT.path()), body)
            .withHeader("X-User-Id", "1")
            .withHeader("X-Signature", signature);
    afterwards.around(client, () -> client.send(call));
  }
}
