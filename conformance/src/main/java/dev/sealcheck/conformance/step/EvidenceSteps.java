package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.attestation.Appraisal;
import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.NodeEvidence;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Evidence that is right: put by its node, and shown to everybody. */
public final class EvidenceSteps {

  private static final Passage NONE = Passage.exactly(404, "404 NOT_FOUND");
  private static final Passage NO_ID = Passage.exactly(400, "400 INVALID_BODY");
  private static final String UNKNOWN_ID = "4000000007";
  private static final List<String> NO_IDS = List.of("one", "1.0", "0x1", "1e3", "1-", "%20");

  private final World world;
  private final NodeEvidence evidence;
  private final Map<String, Exchange> refusals = new LinkedHashMap<>();
  private EvidencePut put;
  private Exchange answer;
  private LockGrant lock;
  private ServedEvidence served;

  /** Made by Cucumber for each scenario. */
  public EvidenceSteps(World world, NodeEvidence evidence) {
    this.world = world;
    this.evidence = evidence;
  }

  @When("the node puts evidence for its key")
  public void putForKey() {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    put = evidence.good(world.scriptedNode().publicKey());
    answer = evidence.put(put);
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }

  @When("the node has evidence accepted, and the client asks for it")
  public void putAndAsk() {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    put = TestClient.rely(evidence::prove);
    served = evidence.served(world.scriptedNode().smallId());
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }

  @Then("the evidence is taken")
  public void isTaken() {
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed("good evidence taken, status 200", answer.outcome());
    }
  }

  @Then("the proxy still serves the node")
  public void stillServes() {
    var unused = world.client().complete(world.recipes().chat());
  }

  @Then("the proxy shows that very evidence")
  public void showsIt() {
    if (!served.compressedEvidence().equals(put.compressedEvidence())) {
      throw new CheckFailed("the evidence that was taken last, byte for byte", "another");
    }
  }

  @When("the client asks for the evidence of the node that its lock names")
  public void askForTheLocks() {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    lock = evidence.offered();
    served = evidence.served(lock.nodeSmallId());
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }

  @Then("the proxy shows evidence of that node")
  public void showsTheNodes() {
    if (served.compressedEvidence().isEmpty()) {
      throw new CheckFailed("the evidence that the node gave", "an empty one");
    }
  }

  @When("the client asks for evidence that there cannot be")
  public void askForNone() {
    Twins.complete(world.client(), world.recipes().chat(), "before");
    refusals.put(UNKNOWN_ID, evidence.send(evidence.calls().served(UNKNOWN_ID)));
    NO_IDS.forEach(id -> refusals.put(id, evidence.send(evidence.calls().served(id))));
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }

  @Then("each answer says why there is none")
  public void saysWhy() {
    refusals.forEach(
        (id, exchange) ->
            (id.equals(UNKNOWN_ID) ? NONE : NO_ID)
                .judge("a question for the evidence of " + id, exchange, world.check()));
  }

  @Then("the evidence comes with its nonce, key and counter")
  public void saysWhatFor() {
    if (served.nonce().isEmpty()
        || served.publicKey().isEmpty()
        || served.keyRotationCounter().isEmpty()) {
      throw new CheckFailed("evidence with nonce, public_key and key_rotation_counter", "without");
    }
  }

  @Then("its devices answered a nonce that names the lock's key")
  public void bindsTheKey() {
    Optional<KeyBinding> binding =
        served.nonce().map(nonce -> new KeyBinding(nonce, lock.publicKey()));
    Appraisal appraisal =
        world
            .profile()
            .attestation()
            .verifier()
            .verify(served.compressedEvidence(), binding, world.run().clock().now())
            .with(served.signed());
    SortedSet<String> broken = appraisal.falseClaims();
    if (world.profile().attestation().root().isEmpty()) {
      // Without a root no chain is good; what it says of the key can be judged all the same.
      broken.removeIf(claim -> claim.endsWith("report-cert-chain"));
    }
    if (!broken.isEmpty()) {
      throw new CheckFailed(
          "evidence that holds, made for the key that the lock offers",
          "false: " + String.join(", ", broken));
    }
  }
}
