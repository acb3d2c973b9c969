package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.host.HostServer;
import dev.sealcheck.conformance.host.HostedCall;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenAI-compatible engine for a node under test: one server for the whole run. A call is served
 * by the script that was opened for the marker in its {@code user} field, so that checks in
 * parallel do not disturb each other; every other call gets the ordinary answer.
 */
public final class ScriptedEngine implements AutoCloseable {
  private static final int MAX_CALLS = 20_000;
  private static final long MAX_BODY_BYTES = 64L << 20;

  private final SuiteClock clock = SuiteClock.system();
  private final CallJournal journal = new CallJournal(MAX_CALLS, MAX_BODY_BYTES);
  private final Map<String, EngineScript> scripts = new ConcurrentHashMap<>();
  private final AtomicInteger serial = new AtomicInteger();
  private final EngineBehaviour ordinary = Behaviours.ordinary();
  private final List<String> models;
  private HostServer server;

  private ScriptedEngine(List<String> models) {
    this.models = List.copyOf(models);
  }

  /**
   * An engine that names no models; it serves any.
   *
   * @param port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static ScriptedEngine start(String host, int port) throws IOException {
    return start(host, port, List.of());
  }

  /**
   * An engine whose {@code GET /v1/models} names these; it serves any.
   *
   * @param port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static ScriptedEngine start(String host, int port, List<String> models)
      throws IOException {
    ScriptedEngine engine = new ScriptedEngine(models);
    engine.server = HostServer.start("scripted-engine", host, port, engine::handle);
    return engine;
  }

  /** Where it is reached, without {@code /v1}. */
  public URI base() {
    return server.base();
  }

  /**
   * Opens a script for the bodies whose {@code user} is {@code marker}.
   *
   * @throws IllegalArgumentException if the marker is empty
   * @throws IllegalStateException if one is open for it
   */
  public EngineScript script(String marker) {
    if (marker.isEmpty()) {
      throw new IllegalArgumentException("a marker has 1 character or more");
    }
    if (!journal.pin(marker)) {
      throw new IllegalStateException("a script is open for this marker");
    }
    EngineScript script = new EngineScript(marker, this);
    scripts.put(marker, script);
    return script;
  }

  /**
   * All calls with that marker, in the order of arrival; whether one has a script does not matter.
   *
   * @throws IllegalStateException if it has no open script and the engine, which keeps 20,000 calls
   *     and 64 MiB of bodies, may have forgotten its calls
   */
  public List<EngineCall> calls(String marker) {
    return journal.calls(marker);
  }

  /** How many inferences were asked for in all. */
  public int callCount() {
    return serial.get();
  }

  /** What went wrong in the suite itself while it served, oldest first. */
  public List<Throwable> failures() {
    return server.failures();
  }

  /** Stops listening and ends all calls. */
  @Override
  public void close() {
    server.close();
  }

  void remove(EngineScript script) {
    if (scripts.remove(script.marker(), script)) {
      journal.unpin(script.marker());
    }
  }

  private void handle(HostedCall http) throws IOException {
    Optional<EngineEndpoint> endpoint = EngineEndpoint.of(http.path());
    boolean isGet = http.method().equals("GET");
    if (endpoint.isPresent() && http.method().equals("POST")) {
      serve(new EngineCall(http, endpoint.get(), serial.incrementAndGet(), clock));
    } else if (http.path().equals("/health") && isGet) {
      http.answerJson(200, Bytes.utf8("{}"));
    } else if (http.path().equals("/v1/models") && isGet) {
      http.answerJson(200, StrictJson.write(modelList()));
    } else {
      http.answerJson(404, EngineErrors.body("not_found_error", "no such path or method", 404));
    }
  }

  private void serve(EngineCall call) throws IOException {
    journal.add(call);
    Optional<EngineScript> script = call.marker().map(scripts::get);
    if (!call.isWellFormed()) {
      call.http()
          .answerJson(400, EngineErrors.body("invalid_request_error", "no JSON object", 400));
    } else if (script.isPresent()) {
      script.get().serve(call);
    } else {
      ordinary.serve(call);
    }
  }

  private ObjectNode modelList() {
    ObjectNode list = StrictJson.object().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (String model : models) {
      data.addObject()
          .put("id", model)
          .put("object", "model")
          .put("created", clock.now().getEpochSecond())
          .put("owned_by", "scripted-engine");
    }
    return list;
  }
}
