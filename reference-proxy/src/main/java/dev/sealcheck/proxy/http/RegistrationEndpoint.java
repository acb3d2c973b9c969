package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.registry.Absences;
import dev.sealcheck.proxy.registry.NodeRegistration;
import dev.sealcheck.proxy.registry.Registry;
import dev.sealcheck.proxy.relay.NodeClient;
import io.javalin.http.Context;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/nodes}: a configured node says where it answers; docs/PROTOCOL.md section 2. */
final class RegistrationEndpoint {

  private static final Logger log = LoggerFactory.getLogger(RegistrationEndpoint.class);

  private final Registry registry;
  private final Absences absences;
  private final NodeClient nodes;
  private final ServerLimits limits;

  RegistrationEndpoint(
      Registry registry, Absences absences, NodeClient nodes, ServerLimits limits) {
    this.registry = registry;
    this.absences = absences;
    this.nodes = nodes;
    this.limits = limits;
  }

  void answer(Context context) throws RefusedException, IOException, InterruptedException {
    NodeRegistration registration = parse(Json.body(context, limits));
    if (!registry.isAuthentic(registration)) {
      throw new RefusedException(ErrorCode.AUTH_ERROR);
    }
    // Asked only now: nobody but a configured node can make the proxy call an address.
    if (!nodes.isHealthy(registration.url())) {
      throw new RefusedException(ErrorCode.NODE_UNAVAILABLE);
    }
    registry.accept(registration);
    absences.end(registration.id());
    log.atInfo().addKeyValue("node", registration.id()).log("node registered");
    Json.answer(context, 200, StrictJson.write(StrictJson.newObject().put("message", "Success")));
  }

  private static NodeRegistration parse(byte[] json) throws RefusedException {
    try {
      return NodeRegistration.parse(json);
    } catch (MalformedMessageException e) {
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
  }
}
