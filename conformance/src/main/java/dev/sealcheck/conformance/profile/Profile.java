package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.verdict.NotApplicable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a user may tell the suite about a target.
 *
 * @param offer models and endpoints
 * @param accounts users of a special kind
 * @param limits what the target limits
 * @param allowed what may be run
 * @param counts how often
 * @param nodeAddresses signing addresses of nodes, by small id
 * @param node access to a node, for the node role
 * @param enginePort where the suite plays the engine behind that node; 0 for any free port
 * @param scriptedNodes nodes that the suite plays, for the proxy role
 * @param logs files that proxy and node write their logs to, at their most verbose level
 * @param metrics pages with the metrics of proxy and node
 * @param attestation what is known of the evidence behind the keys
 */
public record Profile(
    Offer offer,
    Accounts accounts,
    Limits limits,
    Set<Permission> allowed,
    Counts counts,
    Map<Long, String> nodeAddresses,
    Optional<NodeAccess> node,
    OptionalInt enginePort,
    List<ScriptedNodePlace> scriptedNodes,
    List<Path> logs,
    List<URI> metrics,
    Attestation attestation) {

  /** Copies the collections. */
  public Profile {
    allowed = Set.copyOf(allowed);
    nodeAddresses = Map.copyOf(nodeAddresses);
    scriptedNodes = List.copyOf(scriptedNodes);
    logs = List.copyOf(logs);
    metrics = List.copyOf(metrics);
  }

  /** What holds for a target of which nothing is known. */
  public static Profile unknown() {
    return new Profile(
        Offer.chatOnly(),
        Accounts.none(),
        Limits.documented(),
        Set.of(),
        Counts.DEFAULT,
        Map.of(),
        Optional.empty(),
        OptionalInt.empty(),
        List.of(),
        List.of(),
        List.of(),
        Attestation.unknown());
  }

  /** This profile with access to a node. */
  public Profile withNode(Optional<NodeAccess> access) {
    return new Profile(
        offer,
        accounts,
        limits,
        allowed,
        counts,
        nodeAddresses,
        access,
        enginePort,
        scriptedNodes,
        logs,
        metrics,
        attestation);
  }

  /** This profile with the engine played at that port; 0 for any free port. */
  public Profile withEnginePort(int port) {
    return new Profile(
        offer,
        accounts,
        limits,
        allowed,
        counts,
        nodeAddresses,
        node,
        OptionalInt.of(port),
        scriptedNodes,
        logs,
        metrics,
        attestation);
  }

  /** This profile with that model to chat with. */
  public Profile withChat(String model) {
    return new Profile(
        offer.withChat(model),
        accounts,
        limits,
        allowed,
        counts,
        nodeAddresses,
        node,
        enginePort,
        scriptedNodes,
        logs,
        metrics,
        attestation);
  }

  /** This profile with {@code permission} given too. */
  public Profile allowing(Permission permission) {
    return new Profile(
        offer,
        accounts,
        limits,
        Stream.concat(allowed.stream(), Stream.of(permission)).collect(Collectors.toSet()),
        counts,
        nodeAddresses,
        node,
        enginePort,
        scriptedNodes,
        logs,
        metrics,
        attestation);
  }

  /**
   * This profile for clients that seal to attested keys only.
   *
   * @throws IllegalArgumentException if no root or no allow-list is known
   */
  public Profile requiringAttestation() {
    return new Profile(
        offer,
        accounts,
        limits,
        allowed,
        counts,
        nodeAddresses,
        node,
        enginePort,
        scriptedNodes,
        logs,
        metrics,
        attestation.requiring());
  }

  /** Does nothing where that is allowed. @throws NotApplicable if it is not */
  public void require(Permission permission) {
    if (!allowed.contains(permission)) {
      throw permission.missing();
    }
  }

  /** The node to stand in front of. @throws NotApplicable if none was named */
  public NodeAccess requireNode() {
    return node.orElseThrow(() -> new NotApplicable("access to a node (--node)"));
  }

  /** The keep-alive interval. @throws NotApplicable if unknown and slow checks are not allowed */
  public Duration requireKeepAlive() {
    return limits.requireKeepAlive(allowed.contains(Permission.SLOW));
  }

  /** The time for a body. @throws NotApplicable if unknown and slow checks are not allowed */
  public Duration requireBodyTime() {
    return limits.requireBody(allowed.contains(Permission.SLOW));
  }

  /** The time for a head. @throws NotApplicable if unknown and slow checks are not allowed */
  public Duration requireFirstByteTime() {
    return limits.requireFirstByte(allowed.contains(Permission.SLOW));
  }
}
