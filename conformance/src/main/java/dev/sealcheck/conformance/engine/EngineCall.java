package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.host.HostedCall;
import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One call of a node to the engine, as it arrived. */
public final class EngineCall {
  private final HostedCall http;
  private final EngineEndpoint endpoint;
  private final int serial;
  private final long arrivedNanos;
  private final Instant arrived;
  private final Optional<String> marker;
  private final boolean streamed;
  private final boolean wellFormed;

  EngineCall(HostedCall http, EngineEndpoint endpoint, int serial, SuiteClock clock) {
    this.http = http;
    this.endpoint = endpoint;
    this.serial = serial;
    this.arrivedNanos = clock.nanoTime();
    this.arrived = clock.now();
    Optional<ObjectNode> json = parse(http.body());
    this.wellFormed = json.isPresent();
    this.marker = json.map(body -> body.path("user").textValue());
    this.streamed =
        json.map(body -> body.path("stream")).filter(JsonNode::booleanValue).isPresent();
  }

  private static Optional<ObjectNode> parse(Bytes body) {
    try {
      return Optional.of(StrictJson.parseObject(body));
    } catch (MalformedAnswer noJson) {
      // Kept all the same, so that a check can see what the node let through.
      return Optional.empty();
    }
  }

  /** Which endpoint was asked. */
  public EngineEndpoint endpoint() {
    return endpoint;
  }

  /** The body, byte by byte as the node sent it. */
  public Bytes body() {
    return http.body();
  }

  /**
   * The body, parsed anew with every call; the caller may change it.
   *
   * @throws MalformedAnswer if the body is not one strict JSON object
   */
  public ObjectNode json() {
    return StrictJson.parseObject(body());
  }

  /** The string in the body's {@code user} field, by which the call finds its script. */
  public Optional<String> marker() {
    return marker;
  }

  /** All header lines, as received. */
  public List<HttpHeader> headers() {
    return http.headers();
  }

  /** Whether the body asks for a stream where there are some: of chat or text. */
  public boolean streamed() {
    return streamed;
  }

  /** Whether the body asks for usage at the end of the stream. */
  public boolean usageAsked() {
    return wellFormed && json().path("stream_options").path("include_usage").booleanValue();
  }

  /** The connection's side of the call, to answer or to break it. */
  public HostedCall http() {
    return http;
  }

  /** The number of the call in its engine, from 1. */
  public int serial() {
    return serial;
  }

  /** When the whole request had arrived, on the monotonic scale of the system's clock. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** When it had arrived, for {@code created}. */
  Instant arrived() {
    return arrived;
  }

  /** Whether the body is one JSON object. */
  boolean isWellFormed() {
    return wellFormed;
  }

  @Override
  public String toString() {
    return "call " + serial + " of " + endpoint + " with " + body();
  }
}
