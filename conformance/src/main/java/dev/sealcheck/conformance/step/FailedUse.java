package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.world.Charges;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.UnitLock;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.UnitProbe.Count;
import dev.sealcheck.conformance.world.World;

/** The request of a scenario that fails after its lock was consumed, and what it cost. */
public final class FailedUse {

  private final World world;
  private final UnitProbe probe;
  private Exchange exchange;
  private boolean stream;
  private Count count;

  /** Made by Cucumber for each scenario. */
  public FailedUse(World world, UnitProbe probe) {
    this.world = world;
    this.probe = probe;
  }

  /** Sends the request and takes what comes to its end, a stream's events unopened. */
  void send(SealedRequest request) {
    TestClient client = world.client();
    stream = request.envelope().field("stream").filter(flag -> flag.booleanValue()).isPresent();
    exchange = stream ? readStream(client, request) : client.send(request);
  }

  /** Counts what is free after it, and uses up all locks. */
  void count(UnitLock lock) {
    count = probe.count(lock.stack(), lock.units());
    if (count == Count.EXACT) {
      // The failed request consumed one, which the user's book learns of from successes only.
      world.client().user().lockUsed();
    }
    probe.useUp();
  }

  /** As {@link #count}, where the lock may have been given back: then it is used first. */
  void countGivenBack(UnitLock lock) {
    TestClient client = world.client();
    SealedRequest again = TestClient.rely(() -> client.seal(world.recipes().chat(), lock.lock()));
    Exchange answer = client.send(again);
    if (answer.isAnswered() && answer.status() == 200) {
      long used =
          TestClient.rely(() -> Charges.tokens(client.completed(client.open(answer, again))));
      count = probe.count(lock.stack(), lock.units() - used);
      probe.useUp();
    } else {
      count(lock);
    }
  }

  /** What came. */
  Exchange exchange() {
    return exchange;
  }

  /** What was free afterwards. */
  Count count() {
    return count;
  }

  /** Whether a whole good answer or stream came. */
  boolean succeeded() {
    return exchange.isAnswered() && exchange.status() == 200;
  }

  /** Whether it was a stream that began and broke off. */
  boolean isBrokenStream() {
    return stream && exchange.answer().isPresent() && exchange.failure().isPresent();
  }

  private Exchange readStream(TestClient client, SealedRequest request) {
    world.run().countRequest();
    try (StreamExchange events = client.messenger().open(client.call(request), client.deadline())) {
      return events.awaitEnd();
    }
  }
}
