package dev.sealcheck.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.listener.ControlRoutes;
import dev.sealcheck.protocol.listener.ListenerOptions;
import dev.sealcheck.protocol.listener.Listeners;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ReadyFile;
import dev.sealcheck.protocol.server.ServerCommand;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.ServerProcess;
import dev.sealcheck.protocol.server.YamlFile;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.signature.SigningKeyFile;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.AccountSettings;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.TokenHash;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;
import dev.sealcheck.proxy.account.Users;
import dev.sealcheck.proxy.attestation.Attestations;
import dev.sealcheck.proxy.attestation.PolicyFiles;
import dev.sealcheck.proxy.http.ProxyServer;
import dev.sealcheck.proxy.http.RateLimits;
import dev.sealcheck.proxy.metric.ProxyMetrics;
import dev.sealcheck.proxy.registry.Registry;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a reference proxy: {@code java -jar reference-proxy.jar --help} says how. */
@Command(
    name = "reference-proxy",
    mixinStandardHelpOptions = true,
    version = "reference-proxy 0.1.0",
    description = {
      "The public API in front of confidential nodes; it cannot open a body.",
      "Each option may also stand in the environment (SEALCHECK_PROXY_MAX_BODY_BYTES for"
          + " --max-body-bytes) or in the configuration file (max_body_bytes)."
    },
    sortOptions = false)
public final class ProxyMain implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(ProxyMain.class);
  private static final String ENVIRONMENT_PREFIX = "SEALCHECK_PROXY_";
  private static final long GENERATED_USER_BALANCE = 1_000_000_000;

  @Option(
      names = "--config",
      required = true,
      description = "YAML file with users, nodes and models, and options of this command.")
  private Path config;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host;

  @Option(names = "--port", defaultValue = "0", description = "Port; 0 takes any free one.")
  private int port;

  @Option(
      names = "--signing-key-file",
      required = true,
      description = "Ed25519 key in PKCS#8 PEM that signs requests; made where there is none.")
  private Path signingKeyFile;

  @Option(
      names = "--token-file",
      description = "Where the token goes that is made when no users are configured.")
  private Path tokenFile;

  @Option(
      names = "--stack-units",
      defaultValue = "1000000",
      description = "Units of a stack (default: 1000000).")
  private long stackUnits;

  @Option(
      names = "--image-stack-units",
      defaultValue = "16777216",
      description = "Units of a stack for an image model (default: 16777216).")
  private long imageStackUnits;

  @Option(
      names = "--max-body-bytes",
      defaultValue = "" + ServerLimits.DEFAULT_MAX_BODY_BYTES,
      description = "Largest request body (default: 4194304).")
  private int maxBodyBytes;

  @Option(
      names = "--max-answer-bytes",
      defaultValue = "67108864",
      description = "Largest answer or event taken from a node (default: 67108864).")
  private int maxAnswerBytes;

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
      names = "--connect-millis",
      defaultValue = "5000",
      description = "How long to wait for a connection to a node (default: 5000).")
  private long connectMillis;

  @Option(
      names = "--first-byte-millis",
      defaultValue = "120000",
      description = "How long to wait for the head of a node's answer (default: 120000).")
  private long firstByteMillis;

  @Option(
      names = "--idle-millis",
      defaultValue = "60000",
      description = "How long a node's stream may be silent (default: 60000).")
  private long idleMillis;

  @Option(
      names = "--last-usage-millis",
      defaultValue = "5000",
      description = "How long to wait for the usage of a stream whose client left (default: 5000).")
  private long lastUsageMillis;

  @Option(
      names = "--absence-millis",
      defaultValue = "10000",
      description =
          "How long new locks pass over a node that could not be reached (default: 10000).")
  private long absenceMillis;

  @Option(
      names = "--requests-per-minute",
      defaultValue = "0",
      description = "Requests that one token may make in a minute; 0 for any number (default: 0).")
  private long requestsPerMinute;

  @Option(
      names = "--stop-seconds",
      defaultValue = "10",
      description = "How long running requests may go on when the proxy stops (default: 10).")
  private long stopSeconds;

  @Mixin private AttestationOptions attestation;

  @Mixin private ListenerOptions beside;

  @Option(names = "--ready-file", description = "Written as JSON once the proxy answers.")
  private Path readyFile;

  @Option(names = "--parent-pid", description = "End with this process.")
  private Long parentPid;

  private ProxyMain() {}

  /** Runs a proxy until the process is told to end; exit code 2 for wrong options. */
  public static void main(String[] args) {
    ServerCommand.run(
        new ProxyMain(), ENVIRONMENT_PREFIX, Set.of("users", "nodes", "models"), args);
  }

  @Override
  public Integer call() throws IOException {
    Timekeeper time = Timekeeper.system();
    SecureRandom random = new SecureRandom();
    ProxyConfiguration configuration = ProxyConfiguration.of(YamlFile.read(config));
    SigningKey signingKey = SigningKeyFile.readOrCreate(signingKeyFile, random);
    List<User> users = configuration.users();
    Path madeToken = null;
    if (users.isEmpty()) {
      madeToken = tokenPath();
      users = List.of(generatedUser(TokenFile.create(madeToken, random)));
      log.atInfo().addKeyValue("token_file", madeToken).log("token made, since there are no users");
    }
    ServerLimits limits =
        new ServerLimits(
            maxBodyBytes,
            Duration.ofSeconds(bodySeconds),
            Duration.ofMillis(keepAliveMillis),
            Duration.ofSeconds(stopSeconds));
    NodeLimits nodeLimits =
        new NodeLimits(
            Duration.ofMillis(connectMillis),
            Duration.ofMillis(firstByteMillis),
            Duration.ofMillis(idleMillis),
            Duration.ofMillis(lastUsageMillis),
            Duration.ofMillis(absenceMillis),
            maxAnswerBytes);
    PolicyFiles policies = attestation.policies();
    Registry registry =
        new Registry(configuration.models(), configuration.nodes(), attestation.isProofRequired());
    Accounts accounts = new Accounts(new AccountSettings(stackUnits, imageStackUnits), users, time);
    PauseSwitch pause = new PauseSwitch();
    ProxyMetrics metrics = new ProxyMetrics(accounts);
    Listeners listeners =
        beside.start(
            List.of(new ControlRoutes(limits).pause(pause)),
            limits,
            time,
            random,
            metrics.registry());
    ProxyServer server =
        ProxyServer.start(
            host,
            port,
            registry,
            new Attestations(registry.signers(), policies, registry::prove, time, random),
            new Users(users),
            new RateLimits(requestsPerMinute, configuration.requestsPerMinute(), time),
            accounts,
            signingKey,
            limits,
            nodeLimits,
            time,
            pause,
            metrics);
    ServerProcess.bind(
        parentPid == null ? OptionalLong.empty() : OptionalLong.of(parentPid),
        () -> {
          server.close();
          listeners.close();
        });
    String url = "http://" + host + ":" + server.port();
    log.atInfo()
        .addKeyValue("url", url)
        .addKeyValue("address", signingKey.address())
        .log("proxy answers");
    if (readyFile != null) {
      ObjectNode ready = StrictJson.newObject();
      ready.put("proxy", url);
      ready.put("address", signingKey.address().text());
      ready.put("token_file", madeToken == null ? null : madeToken.toString());
      listeners.describe(ready);
      ReadyFile.write(readyFile, ready);
    }
    return 0;
  }

  private Path tokenPath() throws IOException {
    return tokenFile != null
        ? tokenFile
        : Files.createTempDirectory("sealcheck-proxy-").resolve("token");
  }

  private static User generatedUser(String token) {
    return new User(new UserId(1), TokenHash.of(token), GENERATED_USER_BALANCE);
  }
}
