package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.engine.ScriptedEngine;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.profile.Counts;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The reference with everything that a full run needs around it: the suite's own engine behind the
 * node, nodes of the suite's own behind the proxy, and keys to stand in front of the node.
 */
public final class ReferenceUnderTest implements AutoCloseable {

  /** How many ordinary users it has: as many checks run at once. */
  public static final int USERS = 16;

  private static final int SCRIPTED_NODES = 6;
  private static final Duration REGISTRATION_LIMIT = Duration.ofSeconds(30);

  private final SuiteServers servers;
  private final ReferenceDeployment deployment;

  private ReferenceUnderTest(SuiteServers servers, ReferenceDeployment deployment) {
    this.servers = servers;
    this.deployment = deployment;
  }

  /**
   * Starts everything and registers the suite's nodes.
   *
   * @param fault the id of a defect to plant in the node; empty for none
   * @throws DeploymentException if a part does not start; nothing is left running then
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static ReferenceUnderTest start(Optional<String> fault, SuiteClock clock)
      throws InterruptedException {
    List<ScriptedNodePlace> places = places();
    SuiteServers servers = SuiteServers.start(withServers(places), clock);
    ReferenceDeployment deployment = null;
    boolean up = false;
    try {
      deployment = ReferenceDeployment.start(options(servers, places, fault), clock);
      try (Messenger messenger = new Messenger(clock)) {
        servers.register(deployment.proxy(), messenger, Deadline.in(clock, REGISTRATION_LIMIT));
      }
      up = true;
      return new ReferenceUnderTest(servers, deployment);
    } finally {
      if (!up) {
        Optional.ofNullable(deployment).ifPresent(ReferenceDeployment::close);
        servers.close();
      }
    }
  }

  /** Proxy and node. */
  public ReferenceDeployment deployment() {
    return deployment;
  }

  /** The servers that the suite plays. */
  public SuiteServers servers() {
    return servers;
  }

  /** What the suite knows of it; everything may be run. */
  public Profile profile(Counts counts) {
    return deployment.profile(Set.of(Permission.values()), counts);
  }

  @Override
  public void close() {
    deployment.close();
    servers.close();
  }

  private static ReferenceOptions options(
      SuiteServers servers, List<ScriptedNodePlace> places, Optional<String> fault) {
    List<SigningPair> proxyKeys =
        Stream.of(SignatureScheme.values()).map(SigningPair::generate).toList();
    return new ReferenceOptions(
        USERS,
        fault,
        servers.engine().map(ScriptedEngine::base),
        proxyKeys,
        places,
        true,
        false,
        Optional.of(servers.devices().rootPem()));
  }

  /** Nodes of every signature scheme, so that the proxy is seen to take each. */
  private static List<ScriptedNodePlace> places() {
    SignatureScheme[] schemes = SignatureScheme.values();
    return IntStream.rangeClosed(1, SCRIPTED_NODES)
        .mapToObj(
            number ->
                new ScriptedNodePlace(
                    ProxyConfig.NODE_ID + number,
                    SigningPair.generate(schemes[(number - 1) % schemes.length]),
                    "sealcheck/scripted-" + number,
                    "127.0.0.1",
                    0))
        .toList();
  }

  private static Profile withServers(List<ScriptedNodePlace> places) {
    Profile unknown = Profile.unknown();
    return new Profile(
        unknown.offer(),
        unknown.accounts(),
        unknown.limits(),
        unknown.allowed(),
        unknown.counts(),
        unknown.nodeAddresses(),
        unknown.node(),
        OptionalInt.of(0),
        places,
        unknown.logs(),
        unknown.metrics(),
        unknown.attestation());
  }
}
