package dev.sealcheck.protocol.listener;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.StrictJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.Consumer;

/** The routes of a control listener; docs/PROTOCOL.md section 2. */
public final class ControlRoutes {

  private final ServerLimits limits;

  /** Routes whose bodies keep to {@code limits}. */
  public ControlRoutes(ServerLimits limits) {
    this.limits = limits;
  }

  /** {@code POST /control/pause {"paused":bool}}. */
  public Route pause(PauseSwitch pause) {
    return switching("/control/pause", "paused", pause::set);
  }

  /** {@code POST path {"name":bool}}, which is answered with the same object once it is done. */
  public Route switching(String path, String name, Consumer<Boolean> target) {
    return Route.guardedPost(
        path,
        context -> {
          boolean value = read(context, name);
          target.accept(value);
          Json.answer(context, 200, StrictJson.write(StrictJson.newObject().put(name, value)));
        });
  }

  private boolean read(Context context, String name) throws RefusedException, IOException {
    try {
      JsonNode value = StrictJson.parseObject("control", Json.body(context, limits)).path(name);
      if (value.isBoolean()) {
        return value.booleanValue();
      }
    } catch (MalformedMessageException e) {
      // One answer for everything that is no such object.
    }
    throw new RefusedException(ErrorCode.INVALID_BODY);
  }
}
