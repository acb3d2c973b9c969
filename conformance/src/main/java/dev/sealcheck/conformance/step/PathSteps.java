package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.function.Supplier;

/** What can be asked beside sealed requests: health and models, docs/PROTOCOL.md section 2. */
public final class PathSteps {

  private static final String HEALTH = "/health";

  private final World world;
  private Exchange healthAnswer;
  private Exchange withToken;
  private Exchange withoutToken;

  /** Made by Cucumber for each scenario. */
  public PathSteps(World world) {
    this.world = world;
  }

  @When("the health of the target is asked for without a token")
  public void askForHealth() {
    healthAnswer = between(world.client(), () -> get(HEALTH));
  }

  @When("the health of the node is asked for")
  public void askForHealthOfNode() {
    healthAnswer = between(world.nodeClient(), () -> get(HEALTH));
  }

  @When("the models are asked for with a token and without")
  public void askForModels() {
    TestClient client = world.client();
    HttpCall models = HttpCall.get(client.door().uri("/v1/models"));
    withoutToken =
        between(
            client,
            () -> {
              withToken = client.send(models.bearing(client.user().token()));
              return client.send(models);
            });
  }

  @Then("it says that it is well")
  public void isWell() {
    JsonNode health = object("the health path answered with 200 and JSON", healthAnswer);
    boolean says =
        health.path("message").asText().equals("ok") || health.path("status").asText().equals("ok");
    if (!says) {
      world.check().warn("a health answer that says ok", "another JSON object");
    }
  }

  @Then("they are listed with a token only")
  public void listedWithTokenOnly() {
    JsonNode list = object("the list of models: 200 and JSON", withToken);
    boolean isList = list.path("object").asText().equals("list") && list.path("data").isArray();
    if (!isList || !list.path("data").valueStream().allMatch(one -> one.path("id").isTextual())) {
      throw new CheckFailed("a list of models with an id each", "an object of another form");
    }
    Refusal.UNAUTHENTICATED.judge("the models without a token", withoutToken, world.check());
  }

  private Exchange get(String path) {
    return world.client().send(HttpCall.get(world.client().door().uri(path)));
  }

  private Exchange between(TestClient client, Supplier<Exchange> attempt) {
    return Twins.around(client, world.recipes().chat(), attempt);
  }

  private static JsonNode object(String expected, Exchange answer) {
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed(expected, answer.outcome());
    }
    try {
      return StrictJson.parseObject(answer.body());
    } catch (MalformedAnswer malformed) {
      throw new CheckFailed(expected, malformed.field() + " " + malformed.rule());
    }
  }
}
