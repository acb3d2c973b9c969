package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How the reference is started.
 *
 * @param users how many ordinary users it gets
 * @param fault the id of a defect to plant in the node; empty for none
 * @param engine the engine behind the node; empty for the built-in one
 * @param proxyKeys proxies beside the reference's that the node takes requests from
 * @param scriptedNodes nodes beside the reference's that the proxy takes registrations from
 * @param underTest true for the limits, models and users that the suite needs to see everything
 *     soon; false for the defaults
 * @param control whether node and proxy open their control listeners
 * @param emulatedRoot an emulated root beside the node's own that the proxy believes, as PEM
 */
public record ReferenceOptions(
    int users,
    Optional<String> fault,
    Optional<URI> engine,
    List<SigningPair> proxyKeys,
    List<ScriptedNodePlace> scriptedNodes,
    boolean underTest,
    boolean control,
    Optional<Bytes> emulatedRoot) {

  /** Copies the lists. @throws IllegalArgumentException if there is no user */
  public ReferenceOptions {
    proxyKeys = List.copyOf(proxyKeys);
    scriptedNodes = List.copyOf(scriptedNodes);
    if (users < 1) {
      throw new IllegalArgumentException("the reference needs at least one user, got " + users);
    }
  }

  /** A reference with the defaults and the built-in engine, for people and their clients. */
  public static ReferenceOptions serving(int users) {
    return new ReferenceOptions(
        users,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        false,
        Optional.empty());
  }

  /** A copy with a planted defect. */
  public ReferenceOptions withFault(Optional<String> id) {
    return new ReferenceOptions(
        users, id, engine, proxyKeys, scriptedNodes, underTest, control, emulatedRoot);
  }

  /** A copy with the control listeners open. */
  public ReferenceOptions withControl() {
    return new ReferenceOptions(
        users, fault, engine, proxyKeys, scriptedNodes, underTest, true, emulatedRoot);
  }
}
