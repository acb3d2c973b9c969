package dev.sealcheck.conformance.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.attestation.AllowList;
import dev.sealcheck.conformance.attestation.TrustedRoot;
import dev.sealcheck.conformance.attestation.emulated.EmulatedMachine;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.profile.Accounts;
import dev.sealcheck.conformance.profile.Attestation;
import dev.sealcheck.conformance.profile.Counts;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.profile.Offer;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.profile.RotationAccess;
import dev.sealcheck.conformance.profile.TokenFile;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reference proxy and node as child processes on free ports, with fresh keys and tokens in a
 * directory of their own. They end with {@link #close}, with this process, and where it is killed.
 */
public final class ReferenceDeployment implements AutoCloseable {

  /** Rows that lock all there is need a user each and mostly wait. */
  private static final int COUNTING_USERS = 6;

  private final Path directory;
  private final List<ChildProcess> children = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread shutdownHook = new Thread(this::stop, "stop-reference");
  private final ReferenceOptions options;
  private final List<TestUser> users;
  private final List<TestUser> countingUsers;
  private final TestUser poorUser = TestUser.withRandomToken("the poor user");
  private final TestUser limitedUser = TestUser.withRandomToken("the limited user");
  private final SigningPair proxyKey = SigningPair.generate();
  private final SigningPair nodeKey = SigningPair.generate();
  private final SigningPair rotatingKey = SigningPair.generate();
  private JsonNode proxyReady;
  private JsonNode nodeReady;
  private Optional<JsonNode> rotatingReady = Optional.empty();

  private ReferenceDeployment(ReferenceOptions options) {
    this.options = options;
    this.users = newUsers("user ", options.users());
    this.countingUsers = newUsers("counting user ", options.underTest() ? COUNTING_USERS : 0);
    try {
      this.directory = PrivateFiles.directory("sealcheck-");
    } catch (IOException e) {
      throw new DeploymentException("no private directory for the reference can be made", e);
    }
  }

  /**
   * Starts proxy and node as people are served and waits until both answer and know each other.
   *
   * @param userCount how many users with tokens and balance the proxy gets
   * @param fault the id of a defect to plant in the node; empty for none
   * @throws DeploymentException if a jar is missing, or if a part does not become ready within 30
   *     seconds; nothing is left running then
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static ReferenceDeployment start(int userCount, Optional<String> fault, SuiteClock clock)
      throws InterruptedException {
    return start(ReferenceOptions.serving(userCount).withFault(fault), clock);
  }

  /**
   * Starts proxy and node and waits until both answer and know each other.
   *
   * @throws DeploymentException if a jar is missing, or if a part does not become ready within 30
   *     seconds; nothing is left running then
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static ReferenceDeployment start(ReferenceOptions options, SuiteClock clock)
      throws InterruptedException {
    ReferenceJars jars = ReferenceJars.find();
    ReferenceDeployment deployment = new ReferenceDeployment(options);
    Runtime.getRuntime().addShutdownHook(deployment.shutdownHook);
    boolean up = false;
    try {
      deployment.startParts(jars, clock);
      up = true;
      return deployment;
    } catch (IOException e) {
      throw new DeploymentException("the files of the reference cannot be written", e);
    } finally {
      if (!up) {
        deployment.close();
      }
    }
  }

  /** The base address of the proxy. */
  public URI proxy() {
    return URI.create(proxyReady.path("proxy").asText());
  }

  /** The base address of the node. */
  public URI node() {
    return URI.create(nodeReady.path("node").asText());
  }

  /** The id under which the node is registered at the proxy. */
  public long nodeSmallId() {
    return nodeReady.path("node_small_id").asLong();
  }

  /** The node's X25519 public key, base64 of 32 bytes. */
  public String nodePublicKey() {
    return nodeReady.path("public_key").asText();
  }

  /** The file with the proxy's signing key, a PKCS#8 PEM that only its owner can read. */
  public Path proxyKeyFile() {
    return directory.resolve("proxy.pem");
  }

  /** The file with the first user's token, which only its owner can read. */
  public Path tokenFile() {
    return directory.resolve("token");
  }

  /** The emulated root that the node's evidence ends in, PEM. */
  public Path attestationRoot() {
    return evidence("node").root();
  }

  /** What the node's emulated devices may run, JSON. */
  public Path attestationAllowList() {
    return evidence("node").allowList();
  }

  /** The directory with the logs of both parts; it is removed when the deployment stops. */
  public Path logs() {
    return directory;
  }

  /** The users that the proxy knows. */
  public List<TestUser> users() {
    return users;
  }

  /** The models that the node serves, a chat model first. */
  public List<String> models() {
    return ProxyConfig.MODELS;
  }

  /** The deployment as a target of which nothing is known. */
  public Target target(Models models, Duration exchangeLimit, Duration scenarioLimit) {
    return Target.of(proxy(), users, models, exchangeLimit, scenarioLimit, true);
  }

  /**
   * What the suite may know of this deployment.
   *
   * @param permissions what may be run
   * @param counts how often
   */
  public Profile profile(Set<Permission> permissions, Counts counts) {
    return new Profile(
        new Offer(
            Optional.of(ProxyConfig.CHAT_MODEL),
            Optional.of(ProxyConfig.OTHER_CHAT_MODEL),
            Optional.of(ProxyConfig.EMBEDDINGS_MODEL),
            Optional.of(ProxyConfig.IMAGE_MODEL),
            Set.of(Endpoint.values())),
        new Accounts(
            countingUsers.stream().map(TestUser::token).toList(),
            Optional.of(poorUser.token()),
            Optional.of(limitedUser.token())),
        ReferenceArguments.limits(),
        permissions,
        counts,
        nodeAddresses(),
        options.proxyKeys().isEmpty() ? Optional.empty() : Optional.of(nodeAccess()),
        OptionalInt.empty(),
        options.scriptedNodes(),
        List.of(directory.resolve("proxy.log"), directory.resolve("node.log")),
        metrics(),
        attestation());
  }

  /** The ready file of the proxy: where it listens, its control listener included. */
  public JsonNode proxyReady() {
    return proxyReady;
  }

  /** The ready file of the node: where it listens, its control listener included. */
  public JsonNode nodeReady() {
    return nodeReady;
  }

  /**
   * Does nothing while both parts run.
   *
   * @throws DeploymentException if one has ended; the message holds the last lines of its log
   */
  public void requireAlive() {
    children.forEach(ChildProcess::requireAlive);
  }

  /** Stops both parts and removes their files; does nothing the second time. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The process is ending and the hook runs already; both ways lead to the same stop.
      stopped.set(true);
    }
  }

  private void startParts(ReferenceJars jars, SuiteClock clock)
      throws IOException, InterruptedException {
    PrivateFiles.write(proxyKeyFile(), proxyKey.pem());
    PrivateFiles.write(tokenFile(), users.get(0).token().secret() + "\n");
    Path nodeKeyFile = PrivateFiles.write(directory.resolve("node.pem"), nodeKey.pem());
    Path config = PrivateFiles.write(directory.resolve("proxy.yaml"), configuration().yaml());
    ReferenceArguments arguments = new ReferenceArguments(options);
    proxyReady =
        begin("proxy", jars.proxy(), arguments.proxy(proxyKeyFile(), config, believed()))
            .awaitReady(clock);
    String proxyAddress = proxyKey.address();
    ChildProcess node =
        begin(
            "node",
            jars.node(),
            arguments.node(nodeKeyFile, proxy(), proxyAddress, evidence("node")));
    if (options.underTest()) {
      Path keyFile = PrivateFiles.write(directory.resolve("rotating.pem"), rotatingKey.pem());
      List<String> rotating =
          arguments.rotatingNode(keyFile, proxy(), proxyAddress, evidence("rotating"));
      rotatingReady = Optional.of(begin("rotating", jars.node(), rotating).awaitReady(clock));
    }
    nodeReady = node.awaitReady(clock);
  }

  /** What the proxy believes: its nodes' emulated devices, and the suite's. */
  private List<EvidenceFiles> believed() throws IOException {
    List<EvidenceFiles> believed = new ArrayList<>(List.of(evidence("node")));
    if (options.underTest()) {
      believed.add(evidence("rotating"));
    }
    if (options.emulatedRoot().isPresent()) {
      EvidenceFiles suite = evidence("suite");
      Files.createDirectory(suite.directory());
      Files.write(suite.root(), options.emulatedRoot().get().toArray());
      Files.write(suite.allowList(), EmulatedMachine.allowListJson().toArray());
      believed.add(suite);
    }
    return believed;
  }

  private EvidenceFiles evidence(String whose) {
    return new EvidenceFiles(directory.resolve(whose + "-evidence"));
  }

  private Attestation attestation() {
    try {
      return new Attestation(
          Optional.of(
              TrustedRoot.insecureEmulated(Bytes.owning(Files.readAllBytes(attestationRoot())))),
          Optional.of(AllowList.parse(Bytes.owning(Files.readAllBytes(attestationAllowList())))),
          Optional.empty(),
          rotatingReady.map(ReferenceDeployment::rotation),
          false);
    } catch (IOException e) {
      throw new DeploymentException("the node's root of evidence cannot be read", e);
    }
  }

  private static RotationAccess rotation(JsonNode ready) {
    return new RotationAccess(
        URI.create(ready.path("control").asText() + "/control/rotate"),
        Optional.of(TokenFile.read(Path.of(ready.path("control_token_file").asText())).get(0)),
        ProxyConfig.ROTATING_MODEL);
  }

  private Map<Long, String> nodeAddresses() {
    return Stream.concat(Stream.of(nodeReady), rotatingReady.stream())
        .collect(
            Collectors.toUnmodifiableMap(
                ready -> ready.path("node_small_id").asLong(),
                ready -> ready.path("address").asText()));
  }

  private ProxyConfig configuration() {
    ProxyConfig configuration = new ProxyConfig(nodeKey.address());
    users.forEach(user -> configuration.user(user.token(), ProxyConfig.AMPLE_BALANCE));
    countingUsers.forEach(user -> configuration.user(user.token(), ProxyConfig.COUNTING_BALANCE));
    if (options.underTest()) {
      configuration.user(poorUser.token(), 0);
      configuration.limitedUser(
          limitedUser.token(), ReferenceArguments.limits().requestsPerMinute().getAsInt());
    }
    if (options.underTest()) {
      configuration.rotatingNode(rotatingKey.address());
    }
    options.scriptedNodes().forEach(configuration::scriptedNode);
    return configuration;
  }

  private NodeAccess nodeAccess() {
    return new NodeAccess(
        node(),
        new X25519PublicKey(Base64Text.decode("public_key", nodePublicKey())),
        options.proxyKeys(),
        Optional.of(nodeReady.path("address").asText()));
  }

  private List<URI> metrics() {
    return Stream.concat(Stream.of(proxyReady, nodeReady), rotatingReady.stream())
        .map(ready -> ready.path("metrics"))
        .filter(JsonNode::isTextual)
        .map(url -> URI.create(url.textValue() + "/metrics"))
        .toList();
  }

  private static List<TestUser> newUsers(String name, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> TestUser.withRandomToken(name + number))
        .toList();
  }

  /**
   * Under test both log all they can, so that what the logs must not show is looked for where it
   * would be; that costs no time that can be measured.
   */
  private Map<String, String> environment() {
    return options.underTest() ? Map.of("SEALCHECK_LOG_LEVEL", "TRACE") : Map.of();
  }

  private ChildProcess begin(String name, Path jar, List<String> arguments) {
    synchronized (children) {
      if (stopped.get()) {
        throw new DeploymentException("the reference was stopped while it started");
      }
      ChildProcess child = ChildProcess.start(name, jar, arguments, environment(), directory);
      children.add(child);
      return child;
    }
  }

  private void stop() {
    synchronized (children) {
      if (!stopped.compareAndSet(false, true)) {
        return;
      }
      children.forEach(ChildProcess::askToStop);
      children.forEach(ChildProcess::awaitStop);
      try {
        if (Files.exists(directory)) {
          PrivateFiles.deleteTree(directory);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the files of the reference cannot be removed", e);
      }
    }
  }
}
