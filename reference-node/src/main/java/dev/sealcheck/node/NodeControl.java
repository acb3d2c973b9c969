package dev.sealcheck.node;

import dev.sealcheck.node.engine.SwitchedEngine;
import dev.sealcheck.protocol.listener.ControlRoutes;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a test can do to this node by its control listener; docs/PROTOCOL.md section 2. */
final class NodeControl {

  private static final Logger log = LoggerFactory.getLogger(NodeControl.class);

  private final KeyRotation rotation;

  private NodeControl(KeyRotation rotation) {
    this.rotation = rotation;
  }

  static List<Route> routes(
      KeyRotation rotation, SwitchedEngine engine, PauseSwitch pause, ServerLimits limits) {
    ControlRoutes routes = new ControlRoutes(limits);
    return List.of(
        Route.guardedPost("/control/rotate", new NodeControl(rotation)::rotate),
        routes.switching("/control/engine", "up", engine::set),
        routes.pause(pause));
  }

  private void rotate(Context context) throws RefusedException, InterruptedException {
    X25519PublicKey key;
    try {
      key = rotation.rotate();
    } catch (IOException e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("key not rotated");
      throw new RefusedException(ErrorCode.INTERNAL_ERROR);
    }
    Json.answer(
        context,
        200,
        StrictJson.write(StrictJson.newObject().put("public_key", key.bytes().toBase64())));
  }
}
