package dev.sealcheck.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.attestation.EmulatedMachine;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.engine.SwitchedEngine;
import dev.sealcheck.node.fault.Fault;
import dev.sealcheck.node.http.NodeServer;
import dev.sealcheck.node.metric.NodeMetrics;
import dev.sealcheck.protocol.listener.ListenerOptions;
import dev.sealcheck.protocol.listener.Listeners;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ReadyFile;
import dev.sealcheck.protocol.server.ServerCommand;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.ServerProcess;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.signature.SigningKeyFile;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a reference node: {@code java -jar reference-node.jar --help} says how. */
@Command(
    name = "reference-node",
    mixinStandardHelpOptions = true,
    version = "reference-node 0.1.0",
    description = {
      "A node that opens sealed requests in an emulated TEE and answers them.",
      "Each option may also stand in the environment (SEALCHECK_NODE_MAX_BODY_BYTES for"
          + " --max-body-bytes) or in the configuration file (max_body_bytes)."
    },
    sortOptions = false)
public final class NodeMain implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(NodeMain.class);
  private static final String ENVIRONMENT_PREFIX = "SEALCHECK_NODE_";
  private static final Duration PROXY_PATIENCE = Duration.ofSeconds(30);

  // Read by SettingsSource before the other options are parsed; here for --help.
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--config", description = "YAML file with the options of this command.")
  private Path config;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host;

  @Option(names = "--port", defaultValue = "0", description = "Port; 0 takes any free one.")
  private int port;

  @Option(names = "--id", defaultValue = "1", description = "The node's small id.")
  private long id;

  @Option(
      names = "--public-address",
      description = "URL at which the proxy reaches this node; default: where it listens.")
  private URI publicAddress;

  @Option(names = "--country", defaultValue = "ZZ", description = "Country, as registered.")
  private String country;

  @Option(
      names = "--signing-key-file",
      required = true,
      description = "Ed25519 key in PKCS#8 PEM that signs answers; made where there is none.")
  private Path signingKeyFile;

  @Option(names = "--proxy-url", description = "The proxy to register at; without it, none.")
  private URI proxyUrl;

  @Option(
      names = "--proxy-address",
      required = true,
      split = ",",
      description = "Signing address of a proxy whose requests are taken; repeatable.")
  private List<String> proxyAddresses;

  @Option(
      names = "--model",
      required = true,
      split = ",",
      description = "A model that the engine serves; repeatable.")
  private List<String> models;

  @Mixin private EngineOptions engine;

  @Option(
      names = "--max-body-bytes",
      defaultValue = "" + ServerLimits.DEFAULT_MAX_BODY_BYTES,
      description = "Largest request body (default: 4194304).")
  private int maxBodyBytes;

  @Option(
      names = "--body-seconds",
      defaultValue = "30",
      description = "How long a request body may take to arrive (default: 30).")
  private long bodySeconds;

  @Option(
      names = "--keep-alive-millis",
      defaultValue = "15000",
      description = "Silence after which a stream is sent a comment (default: 15000).")
  private long keepAliveMillis;

  @Option(
      names = "--stop-seconds",
      defaultValue = "10",
      description = "How long running requests may go on when the node stops (default: 10).")
  private long stopSeconds;

  @Option(
      names = "--replay-limit",
      defaultValue = "1000000",
      description = "Requests taken under one X25519 key (default: 1000000).")
  private int replayLimit;

  @Option(
      names = "--rotate-minutes",
      defaultValue = "0",
      description = "Replace the X25519 key this often; 0 for only when it is full (default: 0).")
  private long rotateMinutes;

  @Mixin private AttestationOptions attestation;

  @Mixin private ListenerOptions beside;

  @Option(names = "--fault", description = "Plant a deviation, for testing tests.")
  private String fault;

  @Option(names = "--ready-file", description = "Written as JSON once the node answers.")
  private Path readyFile;

  @Option(names = "--parent-pid", description = "End with this process.")
  private Long parentPid;

  private NodeMain() {}

  /** Runs a node until the process is told to end; exit code 2 for wrong options. */
  public static void main(String[] args) {
    ServerCommand.run(new NodeMain(), ENVIRONMENT_PREFIX, Set.of(), args);
  }

  @Override
  public Integer call() throws Exception {
    Timekeeper time = Timekeeper.system();
    SecureRandom random = new SecureRandom();
    SigningKey signingKey = SigningKeyFile.readOrCreate(signingKeyFile, random);
    Enclave enclave = new Enclave(signingKey, random, plantedNonces(), replayLimit);
    ServerLimits limits =
        new ServerLimits(
            maxBodyBytes,
            Duration.ofSeconds(bodySeconds),
            Duration.ofMillis(keepAliveMillis),
            Duration.ofSeconds(stopSeconds));
    Set<Address> proxies =
        Set.copyOf(proxyAddresses.stream().map(Address::new).distinct().toList());
    Optional<EmulatedMachine> machine = attestation.machine(random);
    NodeMetrics metrics = new NodeMetrics(enclave);
    SwitchedEngine switched = new SwitchedEngine(engine.engine(models, time));
    PauseSwitch pause = new PauseSwitch();
    NodeServer server =
        NodeServer.start(
            host,
            port,
            enclave,
            metrics.counting(switched),
            proxies,
            limits,
            time,
            pause,
            metrics.requests());
    ServerProcess.bind(
        parentPid == null ? OptionalLong.empty() : OptionalLong.of(parentPid), server::close);
    URI address =
        publicAddress != null ? publicAddress : URI.create("http://" + host + ":" + server.port());
    KeyRotation.Announcement proxy = announcement(address, signingKey, machine, time);
    proxy.announce(enclave.publicKey());
    KeyRotation rotation = new KeyRotation(enclave, proxy, metrics::rotated, time);
    if (rotateMinutes > 0) {
      rotation.every(Duration.ofMinutes(rotateMinutes));
    }
    Listeners listeners =
        beside.start(
            NodeControl.routes(rotation, switched, pause, limits),
            limits,
            time,
            random,
            metrics.registry());
    log.atInfo()
        .addKeyValue("node_small_id", id)
        .addKeyValue("url", address)
        .addKeyValue("address", enclave.address())
        .log("node answers");
    if (readyFile != null) {
      ObjectNode ready = StrictJson.newObject();
      ready.put("node", address.toString());
      ready.put("node_small_id", id);
      ready.put("public_key", enclave.publicKey().bytes().toBase64());
      ready.put("address", enclave.address());
      listeners.describe(ready);
      ReadyFile.write(readyFile, ready);
    }
    return 0;
  }

  private KeyRotation.Announcement announcement(
      URI address, SigningKey signingKey, Optional<EmulatedMachine> machine, Timekeeper time) {
    if (proxyUrl == null) {
      return key -> {};
    }
    ProxyCalls proxy = new ProxyCalls(proxyUrl, time);
    Registration registration = new Registration(proxy, signingKey);
    KeyRotation.Announcement register =
        key -> registration.register(id, address, country, key, PROXY_PATIENCE);
    if (machine.isEmpty()) {
      return register;
    }
    KeyProof proof = new KeyProof(proxy, signingKey, machine.get());
    return key -> {
      // The proof first: with it the proxy takes the key, so the node is offered all the while.
      proof.prove(id, key, PROXY_PATIENCE);
      try {
        register.announce(key);
      } catch (RefusedRegistration e) {
        throw new IOException("the key is proven, but not registered: " + e.getMessage(), e);
      }
    };
  }

  private UnaryOperator<Supplier<Nonce>> plantedNonces() {
    if (fault == null) {
      return UnaryOperator.identity();
    }
    Fault planted =
        Fault.of(fault)
            .orElseThrow(() -> new IllegalArgumentException("there is no fault named " + fault));
    log.atWarn().addKeyValue("fault", planted.id()).log("this node deviates on purpose");
    return planted::nonces;
  }
}
