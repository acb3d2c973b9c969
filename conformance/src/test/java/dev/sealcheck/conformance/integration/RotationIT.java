package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.target.Models;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.ReferenceOptions;
import dev.sealcheck.conformance.target.TestKey;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proxy and node together while the node's key is replaced: nothing in flight is lost. */
class RotationIT {

  private static final int USERS = 5;
  private static final int ROTATIONS = 6;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SuiteClock clock = SuiteClock.system();
  private final List<World> worlds = new ArrayList<>();
  private ReferenceDeployment reference;
  private Messenger messenger;
  private TestRun run;

  @BeforeEach
  void start() throws InterruptedException {
    reference = ReferenceDeployment.start(ReferenceOptions.serving(USERS).withControl(), clock);
    messenger = new Messenger(clock);
    run =
        TestRun.open(
            reference.target(Models.of(reference.models()), LIMIT, LIMIT.multipliedBy(4)),
            messenger,
            clock,
            1);
  }

  @AfterEach
  void stop() {
    worlds.forEach(World::close);
    run.close();
    messenger.close();
    reference.close();
  }

  @Test
  void aStreamInFlightGoesOnUnderItsOldKey() throws IOException {
    World world = world();
    TestClient client = world.client();
    SealedRequest request = client.seal(world.recipes().longChatStream(), client.lock());
    List<OpenedAnswer> events = new ArrayList<>();
    try (StreamExchange stream = messenger.open(client.call(request), client.deadline())) {
      events.add(open(client, stream.next().orElseThrow(), request));
      assertThat(rotate()).isNotEqualTo(request.lock().publicKey().base64());
      for (Optional<SseEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
        events.add(open(client, next.get(), request));
      }
      assertThat(stream.end()).isEqualTo(StreamEnd.CLEAN);
    }
    assertThat(OpenedStream.isUsageChunk(events.get(events.size() - 1))).isTrue();
    assertThat(events).hasSizeGreaterThan(3);
  }

  @Test
  void aRequestUnderTheRetiredKeyKeepsItsLock() throws IOException {
    World world = world();
    TestClient client = world.quietClient();
    LockGrant old = client.lock();
    String key = rotate();
    Exchange stale = client.send(client.seal(world.recipes().chat(), old));

    assertThat(stale.status()).isEqualTo(409);
    assertThat(StrictJson.parseObject(stale.body()).at("/error/code").asText())
        .isEqualTo("STALE_NODE_KEY");

    LockGrant renewed = client.lock();
    assertThat(renewed.publicKey().base64()).isEqualTo(key);
    // Two locks are open, the restored one and the new one: two requests succeed, a third does not.
    assertThat(status(client, world, renewed)).isEqualTo(200);
    assertThat(status(client, world, renewed)).isEqualTo(200);
    assertThat(status(client, world, renewed)).isEqualTo(425);
  }

  @Test
  void underLoadEveryRequestIsAnsweredOrNamedStale() throws Exception {
    AtomicBoolean rotating = new AtomicBoolean(true);
    ExecutorService callers = Executors.newFixedThreadPool(USERS - 1);
    try {
      List<Future<int[]>> ends = new ArrayList<>();
      for (int i = 0; i < USERS - 1; i++) {
        World world = world();
        ends.add(callers.submit(() -> load(world, rotating)));
      }
      for (int i = 0; i < ROTATIONS; i++) {
        rotate();
      }
      rotating.set(false);
      int answered = 0;
      for (Future<int[]> end : ends) {
        int[] counts = end.get();
        assertThat(counts[2]).as("neither answered nor stale").isZero();
        answered += counts[0];
      }
      assertThat(answered).isGreaterThanOrEqualTo(USERS - 1);
    } finally {
      callers.shutdownNow();
    }
    World after = world();
    after.client().complete(after.recipes().chat());
  }

  /** Counts answers, stale keys and anything else until the last rotation is over. */
  private static int[] load(World world, AtomicBoolean rotating) {
    TestClient client = world.client();
    int[] counts = new int[3];
    do {
      SealedRequest request = client.seal(world.recipes().chat(), client.lock());
      Exchange answer = client.send(request);
      if (answer.status() == 200) {
        client.open(answer, request);
        counts[0]++;
      } else {
        counts[answer.status() == 409 ? 1 : 2]++;
      }
    } while (rotating.get() || counts[0] == 0);
    return counts;
  }

  private World world() {
    World world = new World();
    String location = "rotation#" + worlds.size();
    world.begin(run, run.begin(new TestKey(location), "ATT-06", location));
    worlds.add(world);
    return world;
  }

  private static OpenedAnswer open(TestClient client, SseEvent event, SealedRequest request) {
    return client.open("an event", event.data(), request);
  }

  private static int status(TestClient client, World world, LockGrant lock) {
    return client.send(client.seal(world.recipes().chat(), lock)).status();
  }

  /** Has the node replace its key and returns the new one in base64. */
  private String rotate() throws IOException {
    JsonNode ready = reference.nodeReady();
    String token = Files.readString(Path.of(ready.path("control_token_file").asText())).trim();
    HttpCall call =
        HttpCall.post(
                URI.create(ready.path("control").asText() + "/control/rotate"), Bytes.utf8("{}"))
            .bearing(new BearerToken(token));
    Exchange answer = messenger.send(call, Deadline.in(clock, LIMIT));
    assertThat(answer.status()).isEqualTo(200);
    return StrictJson.parseObject(answer.body()).path("public_key").asText();
  }
}
