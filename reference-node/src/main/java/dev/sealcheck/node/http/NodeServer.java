package dev.sealcheck.node.http;

import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.RequestObserver;
import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.WireServer;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The public HTTP side of a node, docs/PROTOCOL.md section 2. */
public final class NodeServer implements AutoCloseable {

  private final WireServer server;
  private final Engine engine;
  private final PauseSwitch pause;

  private NodeServer(WireServer server, Engine engine, PauseSwitch pause) {
    this.server = server;
    this.engine = engine;
    this.pause = pause;
  }

  /**
   * Starts to serve; port 0 takes any free one.
   *
   * @param proxies the addresses whose signatures are taken
   */
  public static NodeServer start(
      String host,
      int port,
      Enclave enclave,
      Engine engine,
      Set<Address> proxies,
      ServerLimits limits,
      Timekeeper time) {
    return start(
        host,
        port,
        enclave,
        engine,
        proxies,
        limits,
        time,
        new PauseSwitch(),
        RequestObserver.NONE);
  }

  /**
   * The same, under supervision.
   *
   * @param pause holds confidential requests back while it is on
   * @param observer is told of every request
   */
  public static NodeServer start(
      String host,
      int port,
      Enclave enclave,
      Engine engine,
      Set<Address> proxies,
      ServerLimits limits,
      Timekeeper time,
      PauseSwitch pause,
      RequestObserver observer) {
    RunningStreams running = new RunningStreams();
    StreamRelay streams = new StreamRelay(limits, running);
    ProxySignatures signatures = new ProxySignatures(proxies);
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.openGet(
            "/health",
            context ->
                Json.answer(
                    context, 200, StrictJson.write(StrictJson.newObject().put("status", "ok")))));
    for (ConfidentialPath path : ConfidentialPath.values()) {
      ConfidentialEndpoint endpoint =
          new ConfidentialEndpoint(path, enclave, engine, signatures, limits, streams, pause);
      routes.add(Route.openPost(path.path(), endpoint::answer));
    }
    routes.add(Route.openPost(StopEndpoint.PATH, new StopEndpoint(signatures, running)::answer));
    // A node has no bearer tokens: each confidential request proves its sender by signature.
    return new NodeServer(
        WireServer.start(host, port, routes, context -> {}, limits, time, observer), engine, pause);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    pause.close();
    server.close();
    engine.close();
  }
}
