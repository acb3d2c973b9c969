package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.StrictJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;

/**
 * A listener on loopback, with a token of its own, by which a test disturbs a server on purpose;
 * docs/PROTOCOL.md section 2.
 */
public final class ControlListener implements AutoCloseable {

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
  public static ControlListener start(
      int port, Path tokenFile, List<Route> routes, ServerLimits limits, SecureRandom random)
      throws IOException {
    for (Route route : routes) {
      if (!route.guarded()) {
        throw new IllegalArgumentException("route " + route.path() + " is open");
      }
    }
    ControlToken token = ControlToken.readOrCreate(tokenFile, random);
    return new ControlListener(
        WireServer.start(LOOPBACK, port, routes, token, limits), tokenFile.toAbsolutePath());
  }

  /** A switch: {@code POST path {"name":bool}}, answered with the same object. */
  public static Route switching(
      String path, String name, ServerLimits limits, Consumer<Boolean> target) {
    return Route.guardedPost(
        path,
        context -> {
          boolean value = read(context, name, limits);
          target.accept(value);
          Json.answer(context, 200, StrictJson.write(StrictJson.newObject().put(name, value)));
        });
  }

  /** {@code POST /control/pause {"paused":bool}}, the same on both servers. */
  public static Route pausing(PauseSwitch pause, ServerLimits limits) {
    return switching("/control/pause", "paused", limits, pause::set);
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://" + LOOPBACK + ":" + server.port());
  }

  /** The file that holds the token. */
  public Path tokenFile() {
    return tokenFile;
  }

  @Override
  public void close() {
    server.close();
  }

  private static boolean read(Context context, String name, ServerLimits limits)
      throws RefusedException, IOException {
    try {
      var value = StrictJson.parseObject("control", Json.body(context, limits)).get(name);
      if (value != null && value.isBoolean()) {
        return value.booleanValue();
      }
    } catch (MalformedMessageException e) {
      // One answer for everything that is no such object.
    }
    throw new RefusedException(ErrorCode.INVALID_BODY);
  }
}
