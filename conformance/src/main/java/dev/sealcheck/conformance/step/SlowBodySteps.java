package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.RawConnection;
import dev.sealcheck.conformance.exchange.RawRequest;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Door;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Bodies that come so slowly that a server must give up. */
public final class SlowBodySteps {

  private static final Duration PACE = Duration.ofSeconds(1);

  /** A limit of seconds may be kept late on a busy machine, never by as much again. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final int ANNOUNCED_BYTES = 100_000;

  private final World world;
  private final AfterwardsSteps afterwards;
  private Duration limit = Duration.ZERO;
  private boolean cut;
  private Optional<Exchange> answer = Optional.empty();

  /** Made by Cucumber for each scenario. */
  public SlowBodySteps(World world, AfterwardsSteps afterwards) {
    this.world = world;
    this.afterwards = afterwards;
  }

  @When("a body is sent to the {word} endpoint at a byte a second, under its length")
  public void sendUnderItsLength(String endpoint) {
    send(endpoint, "Content-Length: " + ANNOUNCED_BYTES, Bytes.utf8(" "));
  }

  @When("a body is sent to the {word} endpoint at a byte a second, in chunks")
  public void sendInChunks(String endpoint) {
    send(endpoint, "Transfer-Encoding: chunked", RawRequest.chunk(Bytes.utf8(" ")));
  }

  @Then("it is cut off in time")
  public void isCutOff() {
    if (!cut) {
      throw new CheckFailed(
          "an answer or the end of the connection while the body still comes, within "
              + limit.toSeconds()
              + " s",
          "neither");
    }
    if (answer.filter(Exchange::isAnswered).filter(given -> given.status() < 400).isPresent()) {
      throw new CheckFailed(
          "a body that never ended refused", "status " + answer.orElseThrow().status());
    }
  }

  private void send(String endpoint, String framing, Bytes part) {
    Duration documented = world.profile().requireBodyTime();
    limit = documented.multipliedBy(2).plus(TOLERANCE);
    long end = world.run().clock().nanoTime() + limit.toNanos();
    if (end - world.check().deadline().endNanos() > 0) {
      throw new NotRun("a body limit of " + documented.toSeconds() + " s needs a longer --timeout");
    }
    TestClient client = world.client();
    afterwards.around(client, () -> drip(client, call(client, endpoint), framing, part));
  }

  private HttpCall call(TestClient client, String endpoint) {
    // Through both doors a request that would be let in, so that only its body is looked at.
    if (client.door() instanceof Door.OfNode || endpoint.equals("chat")) {
      return client.call(TestClient.rely(() -> client.seal(world.recipes().chat(), client.lock())));
    }
    return Doors.call(world.run().target(), endpoint).bearing(client.user().token());
  }

  private void drip(TestClient client, HttpCall call, String framing, Bytes part) {
    world.run().countRequest();
    long end = world.run().clock().nanoTime() + limit.toNanos();
    try (RawConnection connection = client.messenger().connect(call.uri())) {
      connection.write(RawRequest.head(call, List.of(framing)));
      while (!cut && end - world.run().clock().nanoTime() > 0) {
        cut = !connection.write(part) || !connection.isQuietFor(PACE);
      }
      if (cut) {
        answer = Optional.of(connection.answer(call, client.deadline()));
      }
    }
  }
}
