package dev.sealcheck.conformance.step;

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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A user who asks more often than the limit allows. */
public final class RateSteps {

  private static final int TOO_MANY = 429;

  /** RFC 9110 section 10.2.3: seconds, or a date. */
  private static final Pattern WAIT =
      Pattern.compile(
          "[1-9][0-9]{0,5}|[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");

  private final World world;
  private final List<Exchange> answers = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public RateSteps(World world) {
    this.world = world;
  }

  @When("a user with a rate limit sends a burst of requests")
  public void burst() {
    BearerToken token = world.profile().accounts().requireLimited();
    TestClient other = world.client();
    TestClient limited = world.clientWith(token, "the limited user");
    HttpCall call = HttpCall.get(world.run().target().uri("/v1/models")).bearing(token);
    limited.relyOn(world.recipes().chat());
    Twins.complete(other, world.recipes().chat(), "before");
    int burst = world.profile().counts().burst();
    for (int i = 0; i < burst; i++) {
      answers.add(limited.send(call));
    }
  }

  @Then("those over the limit are refused as {refusal}, each with the time to wait")
  public void overTheLimit(Refusal refusal) {
    List<Exchange> over =
        answers.stream().filter(answer -> !answer.isAnswered() || answer.status() != 200).toList();
    if (over.isEmpty()) {
      throw new CheckFailed(
          "a limit within " + answers.size() + " requests of one user", "all of them served");
    }
    for (Exchange answer : over) {
      refusal.judge("a request over the limit", answer, world.check());
      if (answer.status() == TOO_MANY
          && answer.headers().first("Retry-After").filter(RateSteps::isWait).isEmpty()) {
        throw new CheckFailed("429 with the time to wait in Retry-After", "429 without");
      }
    }
  }

  @Then("other users are served")
  public void othersAreServed() {
    world.client().complete(world.recipes().chat());
  }

  private static boolean isWait(String value) {
    return WAIT.matcher(value).matches();
  }
}
