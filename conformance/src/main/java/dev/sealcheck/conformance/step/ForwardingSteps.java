package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.node.NodeAnswers;
import dev.sealcheck.conformance.node.NodeCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.NodeAttempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the proxy signs of the requests that it forwards, and what it does not forward at all. */
public final class ForwardingSteps {

  private static final String SIGNATURE = "X-Signature";

  private final World world;
  private final List<NodeAttempt> forwarded = new ArrayList<>();
  private final Map<SealedRequest, Exchange> refused = new LinkedHashMap<>();
  private int hashBytes;

  /** Made by Cucumber for each scenario. */
  public ForwardingSteps(World world) {
    this.world = world;
  }

  @When("the client sends the node behind it requests of every kind, whole and streamed")
  public void sendEveryKind() {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    for (RequestRecipe recipe : kinds()) {
      forwarded.add(
          NodeAttempt.of(world, "a request to " + recipe.endpoint(), recipe, NodeAnswers.good()));
    }
  }

  @When("the client sends chat requests, whole and streamed, whose body hash has {int} bytes")
  public void sendHashOf(int bytes) {
    hashBytes = bytes;
    TestClient client = world.client();
    Twins.complete(client, world.recipes().chat(), "before");
    LockGrant lock = client.lock();
    for (RequestRecipe recipe : List.of(world.recipes().chat(), world.recipes().chatStream())) {
      SealedRequest request =
          TestClient.rely(() -> client.seal(recipe, lock))
              .tampered(e -> e.mapped("plaintext_body_hash", this::resized));
      refused.put(request, client.send(request));
    }
    twinAfter(client, lock);
  }

  @Then("each of them comes to the node with the proxy's signature over its body hash")
  public void areSigned() {
    TreeSet<String> signers = new TreeSet<>();
    for (NodeAttempt attempt : forwarded) {
      String expected = "one signature of the proxy over the body hash of " + attempt.what();
      NodeCall call = attempt.calls().get(0);
      int lines = call.headers().all(SIGNATURE).size();
      if (lines != 1) {
        throw new CheckFailed(expected, lines + " signatures");
      }
      if (call.bodyHash().filter(attempt.request().plaintextHash()::equals).isEmpty()) {
        throw new CheckFailed(expected, "another body hash in the envelope");
      }
      Optional<String> signer = call.signer();
      signers.add(signer.orElseThrow(() -> new CheckFailed(expected, "one that does not verify")));
    }
    if (signers.size() != 1) {
      throw new CheckFailed("one key of the proxy for all requests", signers.size() + " keys");
    }
  }

  @Then("the proxy refuses each of them as {refusal}")
  public void areRefused(Refusal refusal) {
    refused
        .values()
        .forEach(
            exchange ->
                refusal.judge(
                    "a request with a body hash of " + hashBytes + " bytes",
                    exchange,
                    world.check()));
  }

  @Then("none of them comes to the node")
  public void noneArrives() {
    for (SealedRequest request : refused.keySet()) {
      if (!NodeAttempt.arrived(world.scriptedNode(), request).isEmpty()) {
        throw new CheckFailed(
            "no node called for a body hash of " + hashBytes + " bytes", "a call of the node");
      }
    }
  }

  /** On the lock that a refused request keeps; on one of its own where it has not. */
  private void twinAfter(TestClient client, LockGrant kept) {
    SealedRequest twin = TestClient.rely(() -> client.seal(world.recipes().chat(), kept));
    Exchange answer = client.send(twin);
    try {
      client.completed(client.open(answer, twin));
    } catch (CheckFailed lost) {
      Twins.complete(client, world.recipes().chat(), "after");
    }
  }

  private Bytes resized(Bytes hash) {
    return hashBytes <= BodyHash.LENGTH_BYTES
        ? hash.slice(0, hashBytes)
        : Bytes.concat(hash, Bytes.random(hashBytes - BodyHash.LENGTH_BYTES));
  }

  private List<RequestRecipe> kinds() {
    List<RequestRecipe> all = new ArrayList<>();
    all.add(world.recipes().chat());
    all.add(world.recipes().chatStream());
    if (world.profile().offer().endpoints().contains(Endpoint.COMPLETIONS)) {
      all.add(world.recipes().completion(false));
      all.add(world.recipes().completion(true));
    }
    return all;
  }
}
