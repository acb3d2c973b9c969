package dev.sealcheck.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.BuiltInEngine;
import dev.sealcheck.node.engine.SwitchedEngine;
import dev.sealcheck.node.http.NodeServer;
import dev.sealcheck.node.metric.NodeMetrics;
import dev.sealcheck.protocol.listener.ListenerOptions;
import dev.sealcheck.protocol.listener.Listeners;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A whole node in this process, with its control listener and metrics, that no proxy knows. */
final class NodeFixture implements AutoCloseable {

  private static final ServerLimits LIMITS =
      new ServerLimits(
          100_000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5));

  final SealedClient client = new SealedClient();
  final PauseSwitch pause = new PauseSwitch();
  final Enclave enclave;
  final String token;
  private final KeyRotation rotation;
  private final NodeServer server;
  private final Listeners listeners;
  private final ObjectNode ready = StrictJson.newObject();

  NodeFixture(int replayLimit, int eventsPerSecond) throws Exception {
    SecureRandom random = new SecureRandom();
    Timekeeper time = Timekeeper.system();
    enclave =
        new Enclave(
            SigningKey.generateEd25519(random), random, UnaryOperator.identity(), replayLimit);
    NodeMetrics metrics = new NodeMetrics(enclave);
    SwitchedEngine engine =
        new SwitchedEngine(
            new BuiltInEngine(List.of(SealedClient.MODEL), eventsPerSecond, 1_000, time));
    rotation = new KeyRotation(enclave, key -> {}, metrics::rotated, time);
    server =
        NodeServer.start(
            "127.0.0.1",
            0,
            enclave,
            metrics.counting(engine),
            Set.of(client.proxyKey.address()),
            LIMITS,
            time,
            pause,
            metrics.requests());
    Path tokenFile = Files.createTempDirectory("sealcheck-test-").resolve("token");
    listeners =
        CommandLine.populateCommand(
                new ListenerOptions(),
                "--control-port=0",
                "--control-token-file=" + tokenFile,
                "--metrics-port=0")
            .start(
                NodeControl.routes(rotation, engine, pause, LIMITS),
                LIMITS,
                time,
                random,
                metrics.registry());
    listeners.describe(ready);
    token = Files.readString(tokenFile, UTF_8).trim();
    Files.delete(tokenFile);
    Files.delete(tokenFile.getParent());
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> control(String path, String json) throws Exception {
    return client.control(controlUrl(path), token, json);
  }

  HttpResponse<String> withToken(String another, String path) throws Exception {
    return client.control(controlUrl(path), another, "{}");
  }

  private URI controlUrl(String path) {
    return URI.create(ready.get("control").textValue()).resolve(path);
  }

  /**
   * The metrics as soon as they hold these texts: requests are counted when they are over, which is
   * a little after their answer has arrived.
   */
  String metricsWith(String... texts) throws Exception {
    URI url = URI.create(ready.get("metrics").textValue());
    while (true) {
      String metrics = client.get(url).body();
      if (Stream.of(texts).allMatch(metrics::contains)) {
        return metrics;
      }
    }
  }

  @Override
  public void close() {
    server.close();
    listeners.close();
    rotation.close();
  }
}
