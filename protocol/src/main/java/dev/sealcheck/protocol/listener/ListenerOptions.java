package dev.sealcheck.protocol.listener;

import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.time.Timekeeper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of both servers for what listens beside the public port; a picocli mixin. */
public final class ListenerOptions {

  @Option(
      names = "--control-port",
      description =
          "Port on loopback where tests disturb this server; 0 takes any free one; default: none.")
  private Integer controlPort;

  @Option(
      names = "--control-token-file",
      description =
          "Holds the token of the control listener; made where there is none; default: a file in"
              + " a new temporary folder.")
  private Path controlTokenFile;

  @Option(
      names = "--metrics-port",
      description = "Port for GET /metrics; 0 takes any free one; default: none.")
  private Integer metricsPort;

  @Option(
      names = "--metrics-host",
      defaultValue = "127.0.0.1",
      description = "Address for GET /metrics (default: 127.0.0.1).")
  private String metricsHost;

  /** For picocli, which fills it. */
  public ListenerOptions() {}

  /**
   * Starts those listeners that are asked for.
   *
   * @param routes of the control listener
   * @param registry what the metrics show
   * @throws IOException if the control token cannot be read or made, or a port cannot be had
   */
  public Listeners start(
      List<Route> routes,
      ServerLimits limits,
      Timekeeper time,
      SecureRandom random,
      PrometheusRegistry registry)
      throws IOException {
    Optional<MetricsListener> metrics = Optional.empty();
    if (metricsPort != null) {
      metrics = Optional.of(MetricsListener.start(metricsHost, metricsPort, registry));
    }
    Optional<ControlListener> control = Optional.empty();
    if (controlPort != null) {
      control =
          Optional.of(
              ControlListener.start(controlPort, controlTokenPath(), routes, limits, time, random));
    }
    return new Listeners(control, metrics);
  }

  private Path controlTokenPath() throws IOException {
    return controlTokenFile != null
        ? controlTokenFile
        : Files.createTempDirectory("sealcheck-control-").resolve("token");
  }
}
