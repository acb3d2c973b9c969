package dev.sealcheck.bench;

import dev.sealcheck.bench.LeavingAccount.Departure;
import dev.sealcheck.bench.Tally.Outcome;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes good requests and does not wait for the end of their answers. For one thread. */
final class Leaver {

  private static final int MAX_EVENT_BYTES = 64 * 1024;
  private static final int MOST_EVENTS = 20;

  private final Scene scene;
  private final LeavingAccount account;

  Leaver(Scene scene, LeavingAccount account) {
    this.scene = scene;
    this.account = account;
  }

  /** Closes a stream after some events, or resets one that it read slowly. */
  Outcome stream(Kind kind, RandomGenerator dice)
      throws IOException, InterruptedException, MalformedMessageException {
    Customer customer = account.customer();
    Job job = Job.pick(dice, true);
    // A stream has more events than tokens, so its end never comes first.
    int wanted = dice.nextInt(Math.min(MOST_EVENTS, 1 + job.completionTokens()));
    int mark = scene.deployment().restartMark();
    SealedRequest sealed = seal(customer, job);
    Seen seen = new Seen();
    try {
      if (kind == Kind.RESET_STREAM) {
        reset(customer, sealed, wanted, seen);
      } else {
        close(customer, sealed, wanted, seen);
      }
    } catch (IOException cut) {
      if (!scene.deployment().restartedSince(mark)) {
        throw cut;
      }
    } finally {
      account.leave(new Departure(kind, mark, seen.events, scene.prices().units(job), false));
    }
    return scene.deployment().restartedSince(mark) ? Outcome.LOST_TO_RESTART : Outcome.EXPECTED;
  }

  /** Resets the connection as soon as the request is sent. */
  Outcome answer(Kind kind, RandomGenerator dice)
      throws IOException, InterruptedException, MalformedMessageException {
    Customer customer = account.customer();
    Job job = Job.pick(dice, false);
    int mark = scene.deployment().restartMark();
    SealedRequest sealed = seal(customer, job);
    byte[] json = sealed.json();
    try (RawConnection connection = new RawConnection(scene.client().proxy(), scene.time())) {
      connection.send(customer, sealed, json, json.length);
    } finally {
      long units = scene.prices().units(job);
      account.leave(new Departure(kind, mark, units, units, /* mayBeFree= */ true));
    }
    return Outcome.EXPECTED;
  }

  /** Resets the connection within the request's body, so that nothing may ever be charged. */
  Outcome body(Customer customer, RandomGenerator dice)
      throws IOException, InterruptedException, MalformedMessageException {
    SealedRequest sealed = seal(customer, Job.pick(dice, dice.nextBoolean()));
    byte[] json = sealed.json();
    try (RawConnection connection = new RawConnection(scene.client().proxy(), scene.time())) {
      connection.send(customer, sealed, json, dice.nextInt(json.length));
    }
    return Outcome.EXPECTED;
  }

  private void close(Customer customer, SealedRequest sealed, int wanted, Seen seen)
      throws IOException, InterruptedException, MalformedMessageException {
    HttpResponse<InputStream> response = scene.client().stream(customer, sealed);
    try (InputStream body = response.body()) {
      requireOk(response.statusCode() == 200);
      SseInput events = new SseInput(body, MAX_EVENT_BYTES);
      while (seen.events < wanted) {
        Optional<byte[]> event = events.next();
        if (event.isEmpty()) {
          return;
        }
        sealed.open(event.get(), seen.events);
        seen.events++;
      }
    }
  }

  private void reset(Customer customer, SealedRequest sealed, int wanted, Seen seen)
      throws IOException, InterruptedException {
    byte[] json = sealed.json();
    try (RawConnection connection = new RawConnection(scene.client().proxy(), scene.time())) {
      connection.send(customer, sealed, json, json.length);
      requireOk(connection.isOk());
      while (seen.events < wanted && connection.readEvent()) {
        seen.events++;
      }
    }
  }

  private SealedRequest seal(Customer customer, Job job)
      throws IOException, InterruptedException, MalformedMessageException {
    return scene.seal(scene.client().lock(customer, job, Scene.SHORT_LOCK_SECONDS), job);
  }

  private static void requireOk(boolean ok) throws IOException {
    if (!ok) {
      throw new IOException("the stream was refused");
    }
  }

  /** How many events came before the client left, whatever ended the reading. */
  private static final class Seen {
    private int events;
  }
}
