package dev.sealcheck.protocol.listener;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;

/** Serves {@code GET /metrics} for Prometheus, apart from the public port. */
final class MetricsListener implements AutoCloseable {

  private final HTTPServer server;
  private final String host;

  private MetricsListener(HTTPServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Starts to listen; adds the memory of the JVM to what is shown.
   *
   * @param port 0 takes any free one
   * @throws IOException if it cannot listen there
   */
  static MetricsListener start(String host, int port, PrometheusRegistry registry)
      throws IOException {
    JvmMemoryMetrics.builder().register(registry);
    return new MetricsListener(
        HTTPServer.builder().hostname(host).port(port).registry(registry).buildAndStart(), host);
  }

  /** The URL to scrape. */
  URI url() {
    return URI.create("http://" + host + ":" + server.getPort() + "/metrics");
  }

  @Override
  public void close() {
    server.close();
  }
}
