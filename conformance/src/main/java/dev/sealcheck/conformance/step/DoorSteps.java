package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What never gets as far as a sealed request: wrong tokens, paths, methods and bodies. */
public final class DoorSteps {

  /** Over the cap of docs/PROTOCOL.md section 9. */
  private static final int OVER_THE_CAP_BYTES = 4 * 1024 * 1024 + 1;

  private final World world;
  private final Map<String, Exchange> answers = new LinkedHashMap<>();

  /** Made by Cucumber for each scenario. */
  public DoorSteps(World world) {
    this.world = world;
  }

  @When("the {word} endpoint is called without a good token")
  public void callWithoutGoodToken(String name) {
    TestClient client = world.client();
    HttpCall call = Doors.call(world.run().target(), name).withoutToken();
    BearerToken unknown = new BearerToken("sk-" + Bytes.random(32).toHex());
    between(
        () -> {
          answers.put("without a token", client.send(call));
          answers.put(
              "with another scheme", client.send(call.withHeader("Authorization", "Basic eDp5")));
          answers.put(
              "with an empty token", client.send(call.withHeader("Authorization", "Bearer ")));
          answers.put("with an unknown token", client.send(call.bearing(unknown)));
          if (!call.method().equals("GET")) {
            answers.put(
                "with broken JSON and no token", client.send(call.withBody(Bytes.utf8("{\"a\""))));
          }
        });
  }

  @When("the target is asked for a path that it does not have")
  public void askForUnknownPath() {
    HttpCall call =
        HttpCall.get(world.run().target().uri("/v1/no-such-path"))
            .bearing(world.client().user().token());
    between(() -> answers.put("for an unknown path", world.client().send(call)));
  }

  @When("the chat endpoint is called with a wrong method")
  public void callWithWrongMethod() {
    between(
        () -> answers.put("with a wrong method", world.client().send(chat().withMethod("PUT"))));
  }

  @When("the chat endpoint is sent a body over the cap")
  public void sendOverTheCap() {
    Bytes body = Bytes.utf8("{\"a\":\"" + "x".repeat(OVER_THE_CAP_BYTES) + "\"}");
    between(() -> answers.put("over the cap", world.client().send(chat().withBody(body))));
  }

  @When("the chat endpoint is sent plain text")
  public void sendPlainText() {
    between(
        () ->
            answers.put(
                "of plain text", world.client().send(chat().withContentType("text/plain"))));
  }

  @When("the chat endpoint is sent JSON that is no envelope")
  public void sendNoEnvelope() {
    between(() -> answers.put("that is no envelope", world.client().send(chat())));
  }

  @Then("each call is refused as {refusal}")
  public void eachIsRefused(Refusal refusal) {
    answers.forEach((words, exchange) -> refusal.judge("a call " + words, exchange, world.check()));
  }

  @Then("all refusals are the same answer")
  public void allAreTheSame() {
    Set<Bytes> bodies = new HashSet<>();
    answers.values().forEach(exchange -> bodies.add(exchange.body()));
    if (bodies.size() != 1) {
      throw new CheckFailed(
          "one body for every cause of an authentication error", bodies.size() + " bodies");
    }
  }

  /** Adds an answer that another class of steps got. */
  void keep(String words, Exchange answer) {
    answers.put(words, answer);
  }

  private void between(Runnable attempt) {
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () -> {
          attempt.run();
          return null;
        });
  }

  private HttpCall chat() {
    return HttpCall.post(
            world.run().target().uri(Endpoint.CHAT.path()), StrictJson.write(StrictJson.object()))
        .bearing(world.client().user().token());
  }
}
