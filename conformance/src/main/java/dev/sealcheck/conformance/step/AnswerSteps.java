package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Door;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sealed answers: whether they open, and what stands in and around them. */
public final class AnswerSteps {

  private final World world;
  private final List<SealedRequest> requests = new ArrayList<>();
  private final List<OpenedAnswer> answers = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public AnswerSteps(World world) {
    this.world = world;
  }

  /** The answers so far, for steps that look at other sides of them. */
  List<OpenedAnswer> opened() {
    return List.copyOf(answers);
  }

  @When("the client sends a chat request and opens the answer")
  public void sendAndOpen() {
    TestClient client = world.client();
    SealedRequest request = client.seal(world.recipes().chat(), client.lock());
    requests.add(request);
    answers.add(client.completed(client.open(client.send(request), request)));
  }

  @When("the client has a chat answered")
  public void haveAnswered() {
    answers.add(world.client().relyOn(world.recipes().chat()));
  }

  @When("the client has a chat answered by the node itself")
  public void haveAnsweredByNode() {
    world.nodeClient();
    haveAnswered();
  }

  @When("the client has many chats answered")
  public void haveManyAnswered() {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    // Two random 96-bit nonces among a hundred agree with a chance below one in 10^24.
    for (int i = 0; i < world.profile().counts().answers(); i++) {
      SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
      requests.add(request);
      answers.add(
          TestClient.rely(() -> client.completed(client.open(client.send(request), request))));
    }
  }

  @Then("the plaintext is a chat completion")
  public void isChatCompletion() {
    for (OpenedAnswer answer : answers) {
      JsonNode choices = answer.json().path("choices");
      if (!choices.isArray() || choices.isEmpty()) {
        throw new CheckFailed("a chat completion with choices inside", "none");
      }
    }
  }

  @Then("no two answers share a nonce, and none has its request's")
  public void noncesAreFresh() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < answers.size(); i++) {
      String nonce = answers.get(i).nonce().base64();
      if (nonce.equals(requests.get(i).nonce().base64())) {
        throw new CheckFailed("an answer with a nonce of its own", "the nonce of its request");
      }
      if (!seen.add(nonce)) {
        throw new CheckFailed("a fresh nonce for each answer", "answer " + i + " repeats one");
      }
    }
    if (world.run().observations().repeatedNonces() > 0) {
      throw new CheckFailed("no nonce on two answers of the whole run", "answers that share one");
    }
  }

  @Then("its hash is that of the decrypted bytes")
  public void hashMatches() {
    answers.forEach(answer -> requireHash("the answer", answer));
  }

  @Then("its signature is the node's over that hash")
  public void signatureIsTheNodes() {
    answers.forEach(answer -> requireSignature(world, "the answer", answer));
  }

  @Then("its outer usage is the one inside")
  public void usageAgrees() {
    answers.forEach(answer -> requireUsage("the answer", answer));
  }

  /** Adds an answer that another class of steps got. */
  void keep(OpenedAnswer answer) {
    answers.add(answer);
  }

  /** The answers so far, for other classes of steps. */
  List<OpenedAnswer> answers() {
    return List.copyOf(answers);
  }

  static void requireHash(String what, OpenedAnswer answer) {
    if (!answer.hashMatches()) {
      throw new CheckFailed(
          "response_hash = BLAKE2b-256 of the decrypted bytes of " + what, "another value");
    }
  }

  static void requireSignature(World world, String what, OpenedAnswer answer) {
    if (!answer.signatureValid()) {
      throw new CheckFailed(
          "a signature over response_hash on " + what, "one that does not verify");
    }
    for (long node : world.run().observations().nodes()) {
      Set<String> signers = world.run().observations().signersOf(node);
      if (signers.size() > 1) {
        throw new CheckFailed(
            "one signing address for node " + node + " in the whole run",
            signers.size() + " addresses");
      }
      Optional<String> known = knownAddress(world, node);
      if (known.isPresent() && !signers.contains(known.get())) {
        throw new CheckFailed("the known signing address of node " + node, "another address");
      }
    }
  }

  /** The node that the suite stands in front of has no lock that says its id. */
  private static Optional<String> knownAddress(World world, long node) {
    return node == Door.OfNode.NO_ID
        ? world.profile().node().flatMap(NodeAccess::address)
        : Optional.ofNullable(world.profile().nodeAddresses().get(node));
  }

  static void requireUsage(String what, OpenedAnswer answer) {
    Optional<JsonNode> inside = answer.innerUsage();
    if (inside.isEmpty() || !inside.equals(answer.outerUsage())) {
      throw new CheckFailed(
          "the usage outside " + what + " equal to the one inside",
          inside.isEmpty() ? "none inside" : answer.outerUsage().isEmpty() ? "none" : "another");
    }
  }
}
