package dev.sealcheck.protocol.listener;

import dev.sealcheck.protocol.server.RequestObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts a server's requests by path and outcome, and what is in flight. */
public final class RequestMetrics implements RequestObserver {

  /** Seconds: from a refusal to a long stream. */
  private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};

  private final Counter requests;
  private final Gauge inFlight;
  private final Histogram seconds;

  /**
   * Counts in {@code registry}.
   *
   * @param prefix what all names begin with, as {@code sealcheck_node}
   */
  public RequestMetrics(PrometheusRegistry registry, String prefix) {
    requests =
        Counter.builder()
            .name(prefix + "_requests_total")
            .help("Requests that are over, by path and outcome.")
            .labelNames("path", "code")
            .register(registry);
    inFlight =
        Gauge.builder()
            .name(prefix + "_requests_in_flight")
            .help("Requests under way.")
            .register(registry);
    seconds =
        Histogram.builder()
            .name(prefix + "_request_seconds")
            .help("How long requests took, by path.")
            .labelNames("path")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .register(registry);
  }

  @Override
  public void began() {
    inFlight.inc();
  }

  @Override
  public void ended(String path, String outcome, long nanos) {
    inFlight.dec();
    requests.labelValues(path, outcome).inc();
    seconds.labelValues(path).observe(nanos / 1e9);
  }
}
