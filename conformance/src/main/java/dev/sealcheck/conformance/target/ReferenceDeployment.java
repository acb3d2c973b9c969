package dev.sealcheck.conformance.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * The reference proxy and node as child processes on free ports, with fresh keys and tokens in a
 * directory of their own. They end with {@link #close}, with this process, and where it is killed.
 */
public final class ReferenceDeployment implements AutoCloseable {

  private final Path directory;
  private final List<ChildProcess> children = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread shutdownHook = new Thread(this::stop, "stop-reference");
  private final List<TestUser> users;
  private final SigningPair proxyKey = SigningPair.generate();
  private final SigningPair nodeKey = SigningPair.generate();
  private JsonNode proxyReady;
  private JsonNode nodeReady;

  private ReferenceDeployment(int userCount) {
    this.users =
        IntStream.rangeClosed(1, userCount)
            .mapToObj(number -> TestUser.withRandomToken("user " + number))
            .toList();
    try {
      this.directory = PrivateFiles.directory("sealcheck-");
    } catch (IOException e) {
      throw new DeploymentException("no private directory for the reference can be made", e);
    }
  }

  /**
   * Starts proxy and node and waits until both answer and know each other.
   *
   * @param userCount how many users with tokens and balance the proxy gets
   * @param fault the id of a defect to plant in the node; empty for none
   * @throws DeploymentException if a jar is missing, or if a part does not become ready within 30
   *     seconds; nothing is left running then
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static ReferenceDeployment start(int userCount, Optional<String> fault, SuiteClock clock)
      throws InterruptedException {
    ReferenceJars jars = ReferenceJars.find();
    ReferenceDeployment deployment = new ReferenceDeployment(userCount);
    Runtime.getRuntime().addShutdownHook(deployment.shutdownHook);
    boolean up = false;
    try {
      deployment.startParts(jars, fault, clock);
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

  /** The deployment as a target. */
  public Target target(Models models, Duration exchangeLimit, Duration scenarioLimit) {
    return new Target(proxy(), users, models, exchangeLimit, scenarioLimit, true);
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

  private void startParts(ReferenceJars jars, Optional<String> fault, SuiteClock clock)
      throws IOException, InterruptedException {
    PrivateFiles.write(proxyKeyFile(), proxyKey.pem());
    PrivateFiles.write(tokenFile(), users.get(0).token().secret() + "\n");
    Path nodeKeyFile = PrivateFiles.write(directory.resolve("node.pem"), nodeKey.pem());
    Path config =
        PrivateFiles.write(
            directory.resolve("proxy.yaml"), ProxyConfig.yaml(users, nodeKey.address()));
    ChildProcess proxy =
        begin(
            "proxy",
            jars.proxy(),
            List.of(
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--signing-key-file",
                proxyKeyFile().toString(),
                "--config",
                config.toString()));
    proxyReady = proxy.awaitReady(clock);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--signing-key-file",
                nodeKeyFile.toString(),
                "--id",
                Integer.toString(ProxyConfig.NODE_ID),
                "--proxy-url",
                proxy().toString(),
                "--proxy-address",
                proxyKey.address()));
    ProxyConfig.MODELS.forEach(model -> arguments.addAll(List.of("--model", model)));
    fault.ifPresent(id -> arguments.addAll(List.of("--fault", id)));
    nodeReady = begin("node", jars.node(), arguments).awaitReady(clock);
  }

  private ChildProcess begin(String name, Path jar, List<String> arguments) {
    synchronized (children) {
      if (stopped.get()) {
        throw new DeploymentException("the reference was stopped while it started");
      }
      ChildProcess child = ChildProcess.start(name, jar, arguments, directory);
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
