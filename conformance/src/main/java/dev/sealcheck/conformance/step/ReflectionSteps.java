package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** What comes back beside what was sent: an answer must repeat nothing of its request. */
public final class ReflectionSteps {

  /** What one request was, and one sealed message that came for it. */
  private record Pair(String what, SealedRequest request, Bytes json, OpenedAnswer opened) {}

  private final World world;
  private final List<Pair> pairs = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public ReflectionSteps(World world) {
    this.world = world;
  }

  @When("the client has one chat answered and another streamed")
  public void answeredAndStreamed() {
    TestClient client = world.client();
    SealedRequest whole = sealed(client, world.recipes().chat());
    Exchange answer = client.send(whole);
    OpenedAnswer opened = TestClient.rely(() -> client.completed(client.open(answer, whole)));
    pairs.add(new Pair("an answer", whole, answer.body(), opened));
    SealedRequest streamed = sealed(client, world.recipes().chatStream());
    OpenedStream stream = TestClient.rely(() -> client.readStream(streamed));
    for (int i = 0; i < stream.raw().size(); i++) {
      SseEvent event = stream.raw().get(i);
      pairs.add(new Pair("an event", streamed, event.data(), stream.opened().get(i)));
    }
  }

  @Then("none of them has the nonce of its request")
  public void noncesDiffer() {
    for (Pair pair : pairs) {
      if (pair.opened().nonce().equals(pair.request().nonce())) {
        throw new CheckFailed(
            "a nonce on " + pair.what() + " that is not the request's", "the request's");
      }
    }
  }

  @Then("none of them repeats what its request sealed")
  public void ciphertextsDiffer() {
    for (Pair pair : pairs) {
      Bytes sent = pair.request().envelope().decoded("ciphertext");
      if (SealedAnswer.parse(pair.json()).ciphertext().equals(sent)) {
        throw new CheckFailed(
            pair.what() + " with a ciphertext of its own", "the ciphertext of the request");
      }
    }
  }

  private static SealedRequest sealed(TestClient client, RequestRecipe recipe) {
    return TestClient.rely(() -> client.seal(recipe, client.lock()));
  }
}
