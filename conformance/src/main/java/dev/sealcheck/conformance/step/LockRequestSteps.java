package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.AtOnce;
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
import java.util.Set;

/** Lock requests: which are refused, and as what. */
public final class LockRequestSteps {

  /** What real applications send at once when they start; the number of docs/PROTOCOL.md's row. */
  private static final int MANY = 20;

  /** Granted, or refused for want of balance, for load, or for want of a node. */
  private static final Set<Integer> FINE_AT_ONCE = Set.of(200, 402, 429, 503);

  private final World world;
  private final Map<String, Exchange> refusals = new LinkedHashMap<>();
  private final List<Exchange> atOnce = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public LockRequestSteps(World world) {
    this.world = world;
  }

  @When("the client asks for a lock for a model that nobody serves")
  public void askForUnknownModel() {
    TestClient client = world.client();
    String unknown = "sealcheck-no-such-model-" + Bytes.random(8).toHex();
    between(
        () -> {
          Bytes request = StrictJson.write(client.lockRequest().put("model", unknown));
          refusals.put(
              "for a model that nobody serves",
              client.askForLock(request, TestClient.DEFAULT_LOCK_TIMEOUT));
        });
  }

  @When("a user without balance asks for a lock")
  public void askWithoutBalance() {
    BearerToken token = world.profile().accounts().requirePoor();
    TestClient poor = world.clientWith(token, "the poor user");
    between(() -> refusals.put("of a user without balance", poor.askForLock()));
  }

  @When("a lock is asked for without a good token")
  public void askWithoutToken() {
    TestClient client = world.client();
    HttpCall call =
        HttpCall.post(client.door().uri("/v1/nodes/lock"), StrictJson.write(client.lockRequest()));
    BearerToken unknown = new BearerToken("sk-" + Bytes.random(32).toHex());
    between(
        () -> {
          refusals.put("without a token", client.send(call));
          refusals.put("with an unknown token", client.send(call.bearing(unknown)));
        });
  }

  @When("the client asks for a lock with wrong {lockField}")
  public void askForWrong(LockField field) {
    TestClient client = world.client();
    between(
        () ->
            field
                .wrongValues()
                .forEach(
                    (words, json) ->
                        refusals.put(
                            "for " + words,
                            client.askForLock(
                                field.in(client.lockRequest(), json),
                                TestClient.DEFAULT_LOCK_TIMEOUT))));
  }

  @When("the client asks for many locks at once")
  public void askForManyAtOnce() {
    TestClient client = world.client();
    between(() -> atOnce.addAll(AtOnce.of(MANY, number -> client.askForLock(1, 1))));
  }

  @Then("the lock is refused as {refusal}")
  public void isRefused(Refusal refusal) {
    refusals.forEach(
        (words, exchange) -> refusal.judge("a lock request " + words, exchange, world.check()));
  }

  @Then("each is granted, or refused for want of balance, for load or for want of a node")
  public void allAreFine() {
    for (Exchange answer : atOnce) {
      if (!answer.isAnswered() || !FINE_AT_ONCE.contains(answer.status())) {
        throw new CheckFailed(
            "status 200, 402, 429 or 503 for each of " + MANY + " locks asked for at once",
            answer.outcome());
      }
    }
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
}
