package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.LiveStream;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.PlayedEngine;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Requests to stop a stream that runs at the node, docs/PROTOCOL.md section 2. */
public final class StopSteps {

  private static final String REQUEST_ID = "X-Request-Id";
  private static final String SIGNATURE = "X-Signature";
  private static final String OWN = "of its own stream";
  private static final int ID_BYTES = 16;
  private static final String PREFIX = "stop-streamer:";
  private static final List<String> TEXTS = List.of("one ", "two ", "three");

  private final World world;
  private final Map<String, Exchange> stops = new LinkedHashMap<>();
  private OpenedStream stream;
  private boolean released;

  /** Made by Cucumber for each scenario. */
  public StopSteps(World world) {
    this.world = world;
  }

  @When("others than its proxy ask to stop a running stream")
  public void othersStop() {
    List<SigningPair> keys = world.profile().requireNode().proxyKeys();
    SigningPair own = keys.get(0);
    streaming(
        id -> {},
        (id, paced) -> {
          stop("without a signature", call(id));
          stop("by a key that the node does not know", signed(SigningPair.generate(), id, id));
          stop("signed for another id", signed(own, Bytes.random(ID_BYTES).toHex(), id));
          stop("signed without the prefix", call(id).withHeader(SIGNATURE, bare(own, id)));
          for (SigningPair other : keys.subList(1, keys.size())) {
            stop("of another proxy (" + other.scheme() + ")", signed(other, id, id));
          }
          finish(paced);
        });
  }

  @When("its proxy asks to stop a stream before it has begun")
  public void stopUnknown() {
    SigningPair own = world.profile().requireNode().proxyKey();
    streaming(
        id -> stop("of an id that the node does not know", signed(own, id, id)),
        (id, paced) -> finish(paced));
  }

  @When("its proxy asks to stop a running stream while the engine is silent")
  public void stopOwn() {
    SigningPair own = world.profile().requireNode().proxyKey();
    streaming(
        id -> {},
        (id, paced) -> {
          stop(OWN, signed(own, id, id));
          released = paced.awaitClosedByPeer(world.client().deadline());
        });
  }

  @Then("each stop is answered as {refusal}")
  public void areRefused(Refusal refusal) {
    stops.forEach((words, stop) -> refusal.judge("a stop " + words, stop, world.check()));
  }

  @Then("the stream goes on to its end")
  public void goesOn() {
    EngineStreamSteps.requireTexts(TEXTS, stream.requireComplete());
  }

  @Then("the stop is taken, and the engine let go")
  public void isTaken() {
    Exchange stop = stops.get(OWN);
    if (!stop.isAnswered() || stop.status() != 200) {
      throw new CheckFailed("status 200 to a stop of the proxy's own stream", stop.outcome());
    }
    if (!released) {
      throw new CheckFailed(
          "the connection to the engine closed after the stop", "one that stays open");
    }
  }

  @Then("the stream ends with one event that has no choices and the usage so far")
  public void endsWithUsage() {
    EngineStreamSteps.requireTexts(TEXTS.subList(0, 1), stream);
    if (!OpenedStream.isUsageChunk(stream.last())) {
      throw new CheckFailed("a last event with the usage so far", "a last event without");
    }
  }

  /** Runs a stream of which the client has opened one event when {@code meanwhile} begins. */
  private void streaming(Consumer<String> before, BiConsumer<String, PacedStream> meanwhile) {
    RequestRecipe recipe = world.recipes().chatStream();
    stream =
        PlayedEngine.around(
            world,
            recipe,
            engine -> {
              PacedStream paced = new PacedStream().pushText(TEXTS.get(0));
              engine.does(paced);
              TestClient client = world.client();
              SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
              HttpCall call = client.call(request);
              String id = idOf(call);
              before.accept(id);
              try (LiveStream live = client.openStream(call, request, client.deadline())) {
                TestClient.rely(() -> live.require("the first event"));
                meanwhile.accept(id, paced);
                return live.readToEnd();
              }
            });
  }

  private static void finish(PacedStream paced) {
    paced.pushText(TEXTS.get(1)).pushText(TEXTS.get(2)).pushFinish().pushUsage().end();
  }

  private void stop(String words, HttpCall call) {
    stops.put(words, world.client().send(call));
  }

  private HttpCall call(String id) {
    return HttpCall.post(world.client().door().uri("/v1/stop-streamer"), Bytes.utf8("{}"))
        .withHeader(REQUEST_ID, id);
  }

  private HttpCall signed(SigningPair key, String signedId, String id) {
    return call(id).withHeader(SIGNATURE, bare(key, PREFIX + signedId));
  }

  private static String bare(SigningPair key, String text) {
    return key.sign(BodyHash.of(Bytes.utf8(text))).base64();
  }

  private static String idOf(HttpCall call) {
    return call.headers().stream()
        .filter(header -> header.isNamed(REQUEST_ID))
        .map(HttpHeader::value)
        .findFirst()
        .orElseThrow();
  }
}
