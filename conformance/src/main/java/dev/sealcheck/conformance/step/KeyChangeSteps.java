package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ProxyChallenge;
import dev.sealcheck.conformance.attestation.emulated.EvidenceCases;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.NodeEvidence;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** A scripted node that has another key, with evidence for it and without. */
public final class KeyChangeSteps {

  /** A proxy with more than one thread might answer from more than one memory. */
  private static final int LOCKS = 3;

  private final World world;
  private final NodeEvidence evidence;
  private final List<X25519PublicKey> offered = new ArrayList<>();
  private X25519PublicKey other;

  /** Made by Cucumber for each scenario. */
  public KeyChangeSteps(World world, NodeEvidence evidence) {
    this.world = world;
    this.evidence = evidence;
  }

  @When("the node proves and registers another key")
  public void proveAndRegister() {
    ScriptedNode node = world.scriptedNode();
    Twins.complete(world.client(), world.recipes().chat(), "before");
    evidence.puttingRight(
        () -> {
          node.changeOver(X25519Pair.fresh());
          other = node.publicKey();
          var unused = evidence.prove();
          register(other);
          lookAtLocks();
        });
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }

  @When("the node registers another key without evidence for it")
  public void registerOnly() {
    unproven(() -> {});
  }

  @When("the node registers another key after its evidence for it was refused")
  public void registerRefused() {
    unproven(
        () -> {
          ProxyChallenge challenge = TestClient.rely(evidence::challenge);
          KeyBinding binding = new KeyBinding(challenge.nonce(), other);
          Exchange unused =
              evidence.put(
                  new EvidencePut(
                      challenge.nodeSmallId(),
                      EvidenceCases.named("foreign-root")
                          .make(evidence.devices().asked(binding))
                          .compressed(),
                      other));
        });
  }

  @Then("every lock from then on offers that key")
  public void offersIt() {
    if (!offered.stream().allMatch(other::equals) || offered.size() < LOCKS) {
      throw new CheckFailed("the new key in each lock, now that it is proven", "another, or none");
    }
  }

  @Then("no lock offers that key")
  public void offersItNowhere() {
    if (offered.contains(other)) {
      throw new CheckFailed(
          "only keys for which there is evidence", "a key that was registered without");
    }
  }

  private void unproven(Runnable before) {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    evidence.puttingRight(
        () -> {
          other = X25519Pair.fresh().publicKey();
          before.run();
          register(other);
          lookAtLocks();
        });
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }

  private void register(X25519PublicKey key) {
    Exchange unused =
        world
            .client()
            .send(
                HttpCall.post(
                    world.run().target().uri("/v1/nodes"),
                    world
                        .scriptedNode()
                        .registrationDraft()
                        .with("public_key", TextNode.valueOf(key.base64()))
                        .json()));
  }

  private void lookAtLocks() {
    TestClient client = world.client();
    for (int i = 0; i < LOCKS; i++) {
      Exchange answer = client.askForLock(1);
      if (answer.isAnswered() && answer.status() == 200) {
        offered.add(TestClient.rely(() -> client.grant(answer)).publicKey());
      }
    }
  }
}
