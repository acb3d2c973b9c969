package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.engine.StreamBehaviours;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sealed streams that are read to their end, and how their events are sealed. */
public final class StreamSteps {

  /** Makes the suite's own engine, which would be done at once, stream for more than a second. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final World world;
  private OpenedStream stream;

  /** Made by Cucumber for each scenario. */
  public StreamSteps(World world) {
    this.world = world;
  }

  /** The events so far, for steps that look at other sides of them. */
  List<OpenedAnswer> opened() {
    return stream == null ? List.of() : stream.opened();
  }

  @Given("a client at the {place}")
  public void clientAt(Place place) {
    var unused = place.clientIn(world);
  }

  @When("the client opens a chat stream and reads it to its end")
  public void readToTheEnd() {
    stream = world.client().readStream(world.recipes().chatStream());
  }

  @When("the client opens a completion stream and reads it to its end")
  public void readCompletion() {
    world.profile().offer().require(Endpoint.COMPLETIONS);
    stream = world.client().readStream(world.recipes().completion(true));
  }

  @When("the client has a chat streamed")
  public void haveStreamed() {
    stream = world.client().relyOnStream(world.recipes().chatStream());
  }

  @When("the client has a completion streamed")
  public void haveCompletion() {
    world.profile().offer().require(Endpoint.COMPLETIONS);
    stream = world.client().relyOnStream(world.recipes().completion(true));
  }

  @When("the client has a long chat streamed")
  public void haveLongStreamed() {
    PlayedEngine.of(world).ifPresent(engine -> engine.does(StreamBehaviours.spread(PAUSE)));
    stream = world.client().relyOnStream(world.recipes().longChatStream());
  }

  @Then("each event has a nonce of its own")
  public void noncesDiffer() {
    Set<String> seen = new HashSet<>();
    for (OpenedAnswer event : stream.opened()) {
      seen.add(event.nonce().base64());
    }
    int events = stream.opened().size();
    if (seen.size() != events) {
      throw new CheckFailed(
          "a nonce of its own in each of " + events + " events",
          "only " + seen.size() + " of them different");
    }
  }

  @Then("the hash of each event is that of its decrypted bytes")
  public void hashesMatch() {
    stream.opened().forEach(event -> AnswerSteps.requireHash("an event", event));
  }

  @Then("the signature of each event is the node's over its hash")
  public void signaturesAreTheNodes() {
    stream.opened().forEach(event -> AnswerSteps.requireSignature(world, "an event", event));
  }

  /** Keeps a stream that another class of steps has read. */
  void keep(OpenedStream read) {
    stream = read;
  }

  /** The stream that was opened, for other classes of steps. */
  OpenedStream stream() {
    return stream;
  }
}
