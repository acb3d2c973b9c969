package dev.sealcheck.protocol.listener;

import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.WireServer;
import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * A listener on loopback, with a token of its own, by which a test disturbs a server on purpose;
 * docs/PROTOCOL.md section 2.
 */
final class ControlListener implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private final WireServer server;
  private final Path tokenFile;

  private ControlListener(WireServer server, Path tokenFile) {
    this.server = server;
    this.tokenFile = tokenFile;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes any free one
   * @param tokenFile holds the token; made, readable by its owner only, where it is missing
   * @param routes guarded ones
   * @throws IOException if the token cannot be read or made
   */
  static ControlListener start(
      int port,
      Path tokenFile,
      List<Route> routes,
      ServerLimits limits,
      Timekeeper time,
      SecureRandom random)
      throws IOException {
    for (Route route : routes) {
      if (!route.guarded()) {
        throw new IllegalArgumentException("route " + route.path() + " is open");
      }
    }
    ControlToken token = ControlToken.readOrCreate(tokenFile, random);
    return new ControlListener(
        WireServer.start(LOOPBACK, port, routes, token, limits, time), tokenFile.toAbsolutePath());
  }

  /** Where it listens. */
  URI url() {
    return URI.create("http://" + LOOPBACK + ":" + server.port());
  }

  /** The file that holds the token. */
  Path tokenFile() {
    return tokenFile;
  }

  @Override
  public void close() {
    server.close();
  }
}
