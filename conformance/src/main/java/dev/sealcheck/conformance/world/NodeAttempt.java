package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeCall;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.node.Serving;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One request through the proxy to the check's scripted node, and what both ends saw of it.
 *
 * @param what in words for the report, for instance "a stream that breaks off"
 * @param exchange what the client got
 * @param events the events among it, in the order they came
 * @param calls the calls that carried it to the node
 */
public record NodeAttempt(
    String what,
    SealedRequest request,
    Exchange exchange,
    List<SseEvent> events,
    List<NodeCall> calls) {

  private static final int SUCCESS = 200;

  /** The one refusal that gives a lock back, docs/PROTOCOL.md section 8. */
  private static final int STALE_KEY = 409;

  /** Copies the lists. */
  public NodeAttempt {
    events = List.copyOf(events);
    calls = List.copyOf(calls);
  }

  /**
   * Sends a request on a lock of its own while the node behaves like that.
   *
   * @throws NotRun if it did not reach the node: then nothing was tried
   */
  public static NodeAttempt of(
      World world, String what, RequestRecipe recipe, NodeBehaviour behaviour) {
    return on(world, what, recipe, world.client().lock(), behaviour);
  }

  /** As {@link #of}, on that lock. */
  public static NodeAttempt on(
      World world, String what, RequestRecipe recipe, LockGrant lock, NodeBehaviour behaviour) {
    TestClient client = world.client();
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, lock));
    Serving serving = world.scriptedNode().behave(behaviour);
    try {
      NodeAttempt attempt = send(world, what, request, UnaryOperator.identity());
      attempt.requireArrived();
      return attempt;
    } finally {
      serving.close();
    }
  }

  /**
   * Sends any request to the node as it behaves just then, whether or not it gets there.
   *
   * @param change of the call that carries it
   */
  public static NodeAttempt send(
      World world, String what, SealedRequest request, UnaryOperator<HttpCall> change) {
    return send(world, what, request, change, world.client().deadline());
  }

  /** As the other one, with a time of its own for the whole answer. */
  public static NodeAttempt send(
      World world,
      String what,
      SealedRequest request,
      UnaryOperator<HttpCall> change,
      Deadline deadline) {
    TestClient client = world.client();
    HttpCall call = change.apply(client.call(request));
    world.run().countRequest();
    Exchange exchange;
    List<SseEvent> events = List.of();
    if (request.envelope().field("stream").filter(JsonNode::asBoolean).isPresent()) {
      try (StreamExchange stream = client.messenger().open(call, deadline)) {
        exchange = stream.awaitEnd();
        events = stream.events();
      }
    } else {
      exchange = client.messenger().send(call, deadline);
    }
    List<NodeCall> calls = arrived(world.scriptedNode(), request);
    if (!calls.isEmpty() && !(exchange.isAnswered() && exchange.status() == STALE_KEY)) {
      client.user().lockUsed();
    }
    return new NodeAttempt(what, request, exchange, events, calls);
  }

  /** The calls that have carried that request to the node so far, known by its salt. */
  public static List<NodeCall> arrived(ScriptedNode node, SealedRequest request) {
    Optional<JsonNode> salt = request.envelope().field("salt");
    return node.calls().stream().filter(call -> salt(call).equals(salt)).toList();
  }

  /** Whether the client got a whole answer that says success. */
  public boolean succeeded() {
    return exchange.isAnswered() && exchange.status() == SUCCESS;
  }

  /**
   * Does nothing where the request reached the node.
   *
   * @throws NotRun if it did not
   */
  public void requireArrived() {
    if (calls.isEmpty()) {
      throw new NotRun(what + " was not tried, the node got nothing: " + exchange.outcome());
    }
  }

  private static Optional<JsonNode> salt(NodeCall call) {
    try {
      return Envelope.of(StrictJson.parseObject(call.envelope())).field("salt");
    } catch (MalformedAnswer noEnvelope) {
      return Optional.empty();
    }
  }
}
