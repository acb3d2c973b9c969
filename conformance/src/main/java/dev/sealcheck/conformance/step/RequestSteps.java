package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.But;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A sealed request that is harmed in one way, and how it is refused. */
public final class RequestSteps {

  private final World world;
  private final Map<String, UnaryOperator<SealedRequest>> harms = new LinkedHashMap<>();
  private final Map<String, Exchange> refusals = new LinkedHashMap<>();
  private final List<CheckFailed> lockLost = new ArrayList<>();
  private RequestRecipe recipe;

  /** Made by Cucumber for each scenario. */
  public RequestSteps(World world) {
    this.world = world;
  }

  @Given("a sealed chat request")
  public void chatRequest() {
    recipe = world.recipes().chat();
  }

  @Given("a sealed chat request on the only lock of its user")
  public void chatRequestOnTheOnlyLock() {
    world.quietClient();
    recipe = world.recipes().chat();
  }

  @But("its {field} is missing")
  public void fieldIsMissing(String field) {
    harms.put("without " + field, request -> request.tampered(e -> e.without(field)));
  }

  @But("its {field} is null")
  public void fieldIsNull(String field) {
    harms.put(field + " null", request -> with(request, field, NullNode.getInstance()));
  }

  @But("its {field} is of another JSON type")
  public void fieldIsOfAnotherType(String field) {
    WrongTypes.of(field)
        .forEach(
            (words, value) ->
                harms.put(field + " " + words, request -> with(request, field, value)));
  }

  @But("one bit of its {field} is flipped")
  public void oneBitIsFlipped(String field) {
    harms.put(
        field + " with one bit flipped", request -> request.tampered(e -> e.flippedBit(field, 0)));
  }

  @But("one bit of its tag is flipped")
  public void oneBitOfTheTagIsFlipped() {
    harms.put(
        "the tag with one bit flipped",
        request ->
            request.tampered(
                e -> e.flippedBit("ciphertext", 8 * e.decoded("ciphertext").length() - 1)));
  }

  @But("its body hash is of another body")
  public void hashOfAnotherBody() {
    harms.put(
        "another body's hash",
        request ->
            request.tampered(
                e -> e.with("plaintext_body_hash", BodyHash.of(Bytes.utf8("{}")).bytes())));
  }

  @When("the client sends it")
  public void send() {
    TestClient client = world.client();
    Twins.around(
        client,
        recipe,
        () -> {
          harms.forEach((words, harm) -> refusals.put(words, harmed(client, client.lock(), harm)));
          return null;
        });
  }

  @When("the client sends it, and then an unharmed one on the same lock")
  public void sendAndReuseTheLock() {
    TestClient client = world.client();
    Twins.around(
        client,
        recipe,
        () -> {
          harms.forEach((words, harm) -> reuse(client, words, harm));
          return null;
        });
  }

  @Then("it is refused as {refusal}")
  public void isRefusedAs(Refusal refusal) {
    refusals.forEach(
        (words, exchange) -> refusal.judge("a request " + words, exchange, world.check()));
  }

  @Then("the lock still serves")
  public void lockStillServes() {
    for (CheckFailed lost : lockLost) {
      throw lost;
    }
  }

  private void reuse(TestClient client, String words, UnaryOperator<SealedRequest> harm) {
    LockGrant lock = client.lock();
    refusals.put(words, harmed(client, lock, harm));
    SealedRequest again = TestClient.rely(() -> client.seal(recipe, lock));
    Exchange answer = client.send(again);
    try {
      OpenedAnswer opened = client.open(answer, again);
      client.completed(opened);
    } catch (CheckFailed lost) {
      lockLost.add(
          new CheckFailed(
              "the lock kept after a request " + words, "a good request on it: " + lost.seen()));
    }
  }

  private Exchange harmed(TestClient client, LockGrant lock, UnaryOperator<SealedRequest> harm) {
    return client.send(harm.apply(TestClient.rely(() -> client.seal(recipe, lock))));
  }

  private static SealedRequest with(SealedRequest request, String field, JsonNode value) {
    return request.tampered(e -> e.with(field, value));
  }
}
