package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.OpenedStream;
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
import java.util.Optional;

/** The paths of a node that nobody but its proxy, or nobody at all, may use. */
public final class SideDoorSteps {

  private static final String REQUEST_ID = "X-Request-Id";

  private final World world;
  private final Map<String, Exchange> stops = new LinkedHashMap<>();
  private final List<OpenedAnswer> events = new ArrayList<>();
  private Exchange metrics;
  private boolean cleanEnd;

  /** Made by Cucumber for each scenario. */
  public SideDoorSteps(World world) {
    this.world = world;
  }

  @When("a running stream is to be stopped without a signature and with a foreign one")
  public void stopForeignStream() {
    TestClient client = world.client();
    Optional<PacedStream> pace = pacedEngine();
    SealedRequest request =
        TestClient.rely(() -> client.seal(world.recipes().longChatStream(), client.lock()));
    HttpCall call = client.call(request);
    String id =
        call.headers().stream()
            .filter(header -> header.isNamed(REQUEST_ID))
            .findFirst()
            .orElseThrow()
            .value();
    world.run().countRequest();
    try (StreamExchange stream = client.messenger().open(call, client.deadline())) {
      read(client, request, stream.next());
      HttpCall stop =
          HttpCall.post(client.door().uri("/v1/stop-streamer"), Bytes.utf8("{}"))
              .withHeader(REQUEST_ID, id);
      String foreign =
          SigningPair.generate().sign(BodyHash.of(Bytes.utf8("stop-streamer:" + id))).base64();
      stops.put("without a signature", client.send(stop));
      stops.put("with a foreign one", client.send(stop.withHeader("X-Signature", foreign)));
      pace.ifPresent(rest -> rest.pushText(" lives").pushFinish().pushUsage().end());
      for (Optional<SseEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
        read(client, request, next);
      }
      cleanEnd = stream.end() == StreamEnd.CLEAN;
    }
  }

  @When("the node is asked for its metrics at its public port")
  public void askForMetrics() {
    TestClient client = world.client();
    Twins.around(
        client,
        world.recipes().chat(),
        () -> metrics = client.send(HttpCall.get(client.door().uri("/metrics"))));
  }

  @Then("each stop is refused as {refusal}")
  public void stopsAreRefused(Refusal refusal) {
    stops.forEach((words, stop) -> refusal.judge("a stop " + words, stop, world.check()));
  }

  @Then("the stream runs on to its end")
  public void streamRunsOn() {
    boolean finished =
        events.stream().anyMatch(OpenedStream::hasFinishReason)
            && OpenedStream.isUsageChunk(events.get(events.size() - 1));
    if (!cleanEnd || !finished) {
      throw new CheckFailed("the stream complete in spite of the stops", "one that ends early");
    }
    world.check().sealedExchange();
  }

  @Then("no metrics are there")
  public void noMetrics() {
    if (!metrics.isAnswered()) {
      throw new CheckFailed("an unknown path", metrics.outcome());
    }
    Refusal.NOT_FOUND.judge("a request for metrics", metrics, world.check());
  }

  /** Where the suite plays the engine, the stream certainly still runs when the stops come. */
  private Optional<PacedStream> pacedEngine() {
    if (world.run().servers().engine().isEmpty()) {
      return Optional.empty();
    }
    PacedStream pace = new PacedStream().pushText("It");
    world.engine().does(pace);
    return Optional.of(pace);
  }

  private void read(TestClient client, SealedRequest request, Optional<SseEvent> event) {
    SseEvent came = event.orElseThrow(() -> new NotRun("the stream ended before its first event"));
    events.add(
        TestClient.rely(() -> client.open("a sealed event that opens", came.data(), request)));
  }
}
