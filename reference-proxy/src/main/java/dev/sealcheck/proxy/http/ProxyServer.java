package dev.sealcheck.proxy.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.WireServer;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.Users;
import dev.sealcheck.proxy.attestation.Attestations;
import dev.sealcheck.proxy.metric.ProxyMetrics;
import dev.sealcheck.proxy.registry.Absences;
import dev.sealcheck.proxy.registry.ModelEntry;
import dev.sealcheck.proxy.registry.Registry;
import dev.sealcheck.proxy.relay.NodeClient;
import dev.sealcheck.proxy.relay.NodeLimits;
import dev.sealcheck.proxy.relay.Relay;
import dev.sealcheck.proxy.relay.StreamRelay;
import java.util.ArrayList;
import java.util.List;

/** The public HTTP side of the proxy, docs/PROTOCOL.md section 2. */
public final class ProxyServer implements AutoCloseable {

  private final WireServer server;
  private final PauseSwitch pause;

  private ProxyServer(WireServer server, PauseSwitch pause) {
    this.server = server;
    this.pause = pause;
  }

  /**
   * Starts to serve; port 0 takes any free one.
   *
   * @param attestations what nodes prove
   * @param pause holds confidential requests back while it is on
   * @param metrics counts what happens
   */
  public static ProxyServer start(
      String host,
      int port,
      Registry registry,
      Attestations attestations,
      Users users,
      RateLimits rates,
      Accounts accounts,
      SigningKey signingKey,
      ServerLimits limits,
      NodeLimits nodeLimits,
      Timekeeper time,
      PauseSwitch pause,
      ProxyMetrics metrics) {
    NodeClient nodes = new NodeClient(nodeLimits);
    Relay relay =
        new Relay(nodes, nodeLimits, time, signingKey, new StreamRelay(limits, nodeLimits, time));
    Absences absences = new Absences(registry, nodeLimits.absence(), time);
    long startSeconds = time.now().getEpochSecond();
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.openGet(
            "/health",
            context ->
                Json.answer(
                    context, 200, StrictJson.write(StrictJson.newObject().put("message", "ok")))));
    routes.add(
        Route.guardedGet(
            "/v1/models", context -> Json.answer(context, 200, models(registry, startSeconds))));
    routes.add(
        Route.guardedPost(
            "/v1/nodes/lock", new LockEndpoint(registry, absences, accounts, limits)::answer));
    routes.add(
        Route.openPost(
            "/v1/nodes", new RegistrationEndpoint(registry, absences, nodes, limits)::answer));
    routes.addAll(new AttestationEndpoint(attestations, limits).routes());
    for (ConfidentialPath path : ConfidentialPath.values()) {
      routes.add(
          Route.guardedPost(
              path.path(),
              new ConfidentialEndpoint(
                      path, registry, accounts, relay, absences, limits, pause, metrics)
                  ::answer));
    }
    return new ProxyServer(
        WireServer.startForPages(
            host, port, routes, new BearerGate(users, rates), limits, time, metrics.requests()),
        pause);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    pause.close();
    server.close();
  }

  private static byte[] models(Registry registry, long created) {
    ObjectNode list = StrictJson.newObject();
    list.put("object", "list");
    ArrayNode data = list.putArray("data");
    for (ModelEntry model : registry.models()) {
      data.addObject()
          .put("id", model.name())
          .put("object", "model")
          .put("created", created)
          .put("owned_by", "sealcheck");
    }
    return StrictJson.write(list);
  }
}
