package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.host.HostHandler;
import dev.sealcheck.conformance.host.HostedCall;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Leads what arrives at the node to its place: health, stop, the behaviour in force, or 404. */
final class NodeDoors implements HostHandler {
  private static final String HEALTH = "/health";
  private static final String STOP = "/v1/stop-streamer";
  private static final Bytes HEALTHY = Bytes.utf8("{\"status\":\"ok\"}");
  private static final Bytes STOPPED = Bytes.utf8("\"OK\"");
  private static final int MAX_CALLS = 4_096;
  private static final long MAX_CALL_BYTES = 128L << 20;

  private final NodeSelf self;
  private final AtomicReference<Serving> serving;
  private final AtomicInteger healthChecks = new AtomicInteger();
  private final Arrivals<NodeCall> calls =
      new Arrivals<>("a call at the node", MAX_CALLS, MAX_CALL_BYTES);
  private final Arrivals<StopCall> stops =
      new Arrivals<>("a stop at the node", MAX_CALLS, MAX_CALL_BYTES);

  NodeDoors(NodeSelf self, AtomicReference<Serving> serving) {
    this.self = self;
    this.serving = serving;
  }

  @Override
  public void handle(HostedCall http) throws IOException {
    Optional<Endpoint> endpoint =
        Arrays.stream(Endpoint.values()).filter(e -> e.path().equals(http.path())).findFirst();
    if (http.path().equals(HEALTH)) {
      if (allows(http, "GET")) {
        healthChecks.incrementAndGet();
        http.answerJson(200, HEALTHY);
      }
    } else if (http.path().equals(STOP)) {
      if (allows(http, "POST")) {
        stop(http);
      }
    } else if (endpoint.isEmpty()) {
      ErrorObject.answer(http, NodeCode.NOT_FOUND);
    } else if (allows(http, "POST")) {
      serve(new NodeCall(http, endpoint.get(), self));
    }
  }

  /** How often the node was asked for its health. */
  int healthChecks() {
    return healthChecks.get();
  }

  Arrivals<NodeCall> calls() {
    return calls;
  }

  Arrivals<StopCall> stops() {
    return stops;
  }

  private void serve(NodeCall call) throws IOException {
    // Who has seen the call may change the behaviour: not the one of a call that has arrived.
    Serving inForce = serving.get();
    boolean kept = calls.add(call, call.envelope().length());
    inForce.serve(call);
    requireKept(kept);
  }

  private void stop(HostedCall http) throws IOException {
    StopCall stop =
        self.running().stop(http.header("X-Request-Id"), http.header(ProxySignature.HEADER));
    boolean kept = stops.add(stop, http.body().length());
    if (stop.status() == 200) {
      http.answerJson(200, STOPPED);
    } else {
      ErrorObject.answer(http, stop.status() == 404 ? NodeCode.NOT_FOUND : NodeCode.AUTH_ERROR);
    }
    requireKept(kept);
  }

  /** A call that is not kept would be missing where calls are counted. */
  private static void requireKept(boolean kept) {
    if (!kept) {
      throw new IllegalStateException("more calls than the node keeps: forget them in time");
    }
  }

  private static boolean allows(HostedCall http, String method) throws IOException {
    if (http.method().equals(method)) {
      return true;
    }
    http.answer(
        NodeCode.METHOD_NOT_ALLOWED.status(),
        List.of(
            new HttpHeader("Content-Type", "application/json"), new HttpHeader("Allow", method)),
        ErrorObject.of(NodeCode.METHOD_NOT_ALLOWED.name(), "another method is needed"));
    return false;
  }
}
