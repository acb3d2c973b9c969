package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** A stream whose engine is silent for a while, and the comments that fill the silence. */
public final class SilenceSteps {

  /** In tenths of an interval: room for two comments, each seven tenths late at most. */
  private static final int LONG_TENTHS = 27;

  private final World world;
  private Duration interval;
  private Duration silence;
  private long comments;

  /** Made by Cucumber for each scenario. */
  public SilenceSteps(World world) {
    this.world = world;
  }

  @When("the engine is silent for 2.7 keep-alive intervals in the middle of a stream")
  public void silentForLong() {
    silent(keepAlive().multipliedBy(LONG_TENTHS).dividedBy(10));
  }

  @When("the engine is silent for a third of a keep-alive interval in the middle of a stream")
  public void silentForShort() {
    silent(keepAlive().dividedBy(3));
  }

  @Then("two comments fill the silence, and no flood of them")
  public void twoComments() {
    if (comments < 2) {
      throw new CheckFailed("two comments in 2.7 keep-alive intervals", comments + " of them");
    }
    requireNoMore();
  }

  @Then("one comment comes at most")
  public void oneAtMost() {
    requireNoMore();
  }

  /** One for each interval that has begun: the machine may have made the silence longer. */
  private void requireNoMore() {
    long most = silence.dividedBy(interval) + 1;
    if (comments > most) {
      throw new CheckFailed("one comment at most in each keep-alive interval", "more of them");
    }
  }

  private Duration keepAlive() {
    interval = world.profile().requireKeepAlive();
    return interval;
  }

  private void silent(Duration time) {
    RequestRecipe recipe = world.recipes().chatStream();
    OpenedStream stream =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              PacedStream paced = new PacedStream().pushText("before ");
              engine.does(paced);
              return TestClient.rely(() -> streamWith(paced, recipe, time));
            });
    silence =
        Duration.ofNanos(stream.raw().get(1).arrivalNanos() - stream.raw().get(0).arrivalNanos());
    comments = stream.comments().stream().filter(comment -> comment.eventsBefore() == 1).count();
  }

  private OpenedStream streamWith(PacedStream paced, RequestRecipe recipe, Duration time) {
    TestClient client = world.client();
    SealedRequest request = client.seal(recipe, client.lock());
    // The silence may be longer than an exchange takes otherwise.
    try (LiveStream live =
        client.openStream(client.call(request), request, world.check().deadline())) {
      live.require("the event before the silence");
      world.await(time);
      paced.pushText("after").pushFinish().pushUsage().end();
      return live.readToEnd();
    }
  }
}
