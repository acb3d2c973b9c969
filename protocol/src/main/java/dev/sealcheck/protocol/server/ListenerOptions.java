package dev.sealcheck.protocol.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of both servers for the listeners beside the public port; a picocli mixin. */
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

  /**
   * The control listener, started, where one is asked for.
   *
   * @throws IOException if its token cannot be read or made
   */
  public Optional<ControlListener> control(
      List<Route> routes, ServerLimits limits, SecureRandom random) throws IOException {
    if (controlPort == null) {
      return Optional.empty();
    }
    Path file =
        controlTokenFile != null
            ? controlTokenFile
            : Files.createTempDirectory("sealcheck-control-").resolve("token");
    return Optional.of(ControlListener.start(controlPort, file, routes, limits, random));
  }

  /** The port for metrics, where they are asked for. */
  public Optional<Integer> metricsPort() {
    return Optional.ofNullable(metricsPort);
  }

  /** The address for metrics. */
  public String metricsHost() {
    return metricsHost;
  }
}
