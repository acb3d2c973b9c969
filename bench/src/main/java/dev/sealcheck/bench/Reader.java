package dev.sealcheck.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.bench.Tally.Outcome;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes good requests and reads their answers to the end: each must open and cost what it must. */
final class Reader {

  private static final int MAX_EVENT_BYTES = 64 * 1024;
  private static final int EVENTS_BETWEEN_PAUSES = 4;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Scene scene;

  Reader(Scene scene) {
    this.scene = scene;
  }

  /** A whole answer. */
  Outcome whole(Kind kind, Customer customer, RandomGenerator dice)
      throws IOException, InterruptedException, MalformedMessageException {
    Job job = Job.pick(dice, false);
    int mark = scene.deployment().restartMark();
    return whole(kind, customer, job, seal(customer, job), mark);
  }

  /** A whole answer to a request that is sealed already. */
  Outcome whole(Kind kind, Customer customer, Job job, SealedRequest sealed, int mark)
      throws IOException, InterruptedException, MalformedMessageException {
    HttpResponse<byte[]> response =
        scene
            .client()
            .whole(
                sealed.path().path(),
                Optional.of(customer.token()),
                ProxyClient.JSON,
                sealed.json());
    if (response.statusCode() != 200) {
      return scene.refused(kind, mark, response.statusCode(), response.body());
    }
    return paid(kind, job, sealed.open(response.body(), 0));
  }

  /** A stream, with pauses where its kind is the slow one. */
  Outcome stream(Kind kind, Customer customer, RandomGenerator dice)
      throws IOException, InterruptedException, MalformedMessageException {
    Job job = Job.pick(dice, true);
    int mark = scene.deployment().restartMark();
    SealedRequest sealed = seal(customer, job);
    HttpResponse<InputStream> response = scene.client().stream(customer, sealed);
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        return scene.refused(kind, mark, response.statusCode(), body.readAllBytes());
      }
      return paid(kind, job, last(kind, sealed, body));
    } catch (IOException cut) {
      if (!scene.deployment().restartedSince(mark)) {
        throw cut;
      }
      return Outcome.LOST_TO_RESTART;
    }
  }

  private ObjectNode last(Kind kind, SealedRequest sealed, InputStream body)
      throws IOException, InterruptedException, MalformedMessageException {
    SseInput events = new SseInput(body, MAX_EVENT_BYTES);
    ObjectNode last = null;
    int sequence = 0;
    for (Optional<byte[]> event = events.next(); event.isPresent(); event = events.next()) {
      last = sealed.open(event.get(), sequence++);
      if (kind == Kind.SLOW_STREAM && sequence % EVENTS_BETWEEN_PAUSES == 0) {
        scene.time().pause(PAUSE);
      }
    }
    if (last == null || !last.path("seal").path("final").asBoolean()) {
      throw new MalformedMessageException("stream", "must end with its last event");
    }
    return last;
  }

  private SealedRequest seal(Customer customer, Job job)
      throws IOException, InterruptedException, MalformedMessageException {
    return scene.seal(scene.client().lock(customer, job, Scene.LOCK_SECONDS), job);
  }

  private Outcome paid(Kind kind, Job job, ObjectNode answer) {
    long units = answer.path("usage").path("total_tokens").asLong(-1);
    scene.tally().charge(units);
    if (units == scene.prices().units(job)) {
      return Outcome.EXPECTED;
    }
    scene.tally().surprise(kind, "used " + units + " units, not " + scene.prices().units(job));
    return Outcome.UNEXPECTED;
  }
}
