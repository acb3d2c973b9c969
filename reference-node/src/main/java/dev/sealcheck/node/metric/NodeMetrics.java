package dev.sealcheck.node.metric;

import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.engine.EngineException;
import dev.sealcheck.protocol.listener.RequestMetrics;
import dev.sealcheck.protocol.server.RequestObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The counters of one node; safe for use by many threads. */
public final class NodeMetrics {

  private static final String PREFIX = "sealcheck_node";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestObserver requests = new RequestMetrics(registry, PREFIX);
  private final Counter streamEvents;
  private final Counter engineErrors;
  private final Counter rotations;

  /** Counters at zero, beside what {@code enclave} remembers whenever somebody asks. */
  public NodeMetrics(Enclave enclave) {
    streamEvents =
        Counter.builder()
            .name(PREFIX + "_stream_events_total")
            .help("Chunks of streams that the engine gave.")
            .register(registry);
    engineErrors =
        Counter.builder()
            .name(PREFIX + "_engine_errors_total")
            .help("Requests and streams that the engine refused or failed, by reason.")
            .labelNames("reason")
            .register(registry);
    rotations =
        Counter.builder()
            .name(PREFIX + "_rotations_total")
            .help("Rotations of the key, by whether the next one came into use.")
            .labelNames("done")
            .register(registry);
    GaugeWithCallback.builder()
        .name(PREFIX + "_replay_entries")
        .help("Requests that would be known again.")
        .callback(gauge -> gauge.call((double) enclave.replayMemory().entries()))
        .register(registry);
    GaugeWithCallback.builder()
        .name(PREFIX + "_replay_bytes")
        .help("Memory that knowing them again takes.")
        .callback(gauge -> gauge.call((double) enclave.replayMemory().bytes()))
        .register(registry);
  }

  /** What to show. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Counts the requests of the public port. */
  public RequestObserver requests() {
    return requests;
  }

  /** The same engine, with its stream events and errors counted. */
  public Engine counting(Engine engine) {
    return new CountedEngine(engine, this);
  }

  /** Counts a rotation that is over. */
  public void rotated(boolean done) {
    rotations.labelValues(Boolean.toString(done)).inc();
  }

  void streamEvent() {
    streamEvents.inc();
  }

  void engineError(EngineException.Reason reason) {
    engineErrors.labelValues(reason.name()).inc();
  }
}
