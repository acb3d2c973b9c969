package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.engine.ScriptedEngine;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.node.NodeIdentity;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers that the suite plays in a run: the engine behind a node, and nodes of a proxy. */
public final class SuiteServers implements AutoCloseable {

  private final Optional<ScriptedEngine> engine;
  private final List<ScriptedNode> nodes;
  private final NodePool pool;
  private final SuiteDevices devices;

  private SuiteServers(
      Optional<ScriptedEngine> engine,
      List<ScriptedNode> nodes,
      SuiteDevices devices,
      SuiteClock clock) {
    this.engine = engine;
    this.devices = devices;
    this.nodes = List.copyOf(nodes);
    this.pool = new NodePool(nodes, clock);
  }

  /** No servers. */
  public static SuiteServers none(SuiteClock clock) {
    return new SuiteServers(
        Optional.empty(), List.of(), SuiteDevices.of(Optional.empty(), clock), clock);
  }

  /**
   * Starts what the profile places.
   *
   * @throws DeploymentException if a port cannot be had; nothing is left running then
   */
  public static SuiteServers start(Profile profile, SuiteClock clock) {
    List<ScriptedNode> nodes = new ArrayList<>();
    Optional<ScriptedEngine> engine = Optional.empty();
    SuiteDevices devices = SuiteDevices.of(profile.attestation().scriptedSeed(), clock);
    boolean up = false;
    try {
      if (profile.enginePort().isPresent()) {
        engine = Optional.of(ScriptedEngine.start("127.0.0.1", profile.enginePort().getAsInt()));
      }
      for (ScriptedNodePlace place : profile.scriptedNodes()) {
        nodes.add(
            ScriptedNode.start(
                new NodeIdentity(place.smallId(), place.key(), place.model()),
                place.host(),
                place.port()));
      }
      up = true;
      return new SuiteServers(engine, nodes, devices, clock);
    } catch (IOException e) {
      throw new DeploymentException("a server that the suite plays cannot be started", e);
    } finally {
      if (!up) {
        new SuiteServers(engine, nodes, devices, clock).close();
      }
    }
  }

  /**
   * Has the nodes prove their keys to a proxy, where it asks for that, and registers them.
   *
   * @throws DeploymentException if it does not take one
   */
  public void register(URI proxy, Messenger messenger, Deadline deadline) {
    nodes.forEach(node -> devices.introduce(node, proxy, messenger, deadline));
  }

  /** The devices of the nodes. */
  public SuiteDevices devices() {
    return devices;
  }

  /** The engine, where the suite plays it. */
  public Optional<ScriptedEngine> engine() {
    return engine;
  }

  /** The nodes, each lent to one check at a time. */
  public NodePool nodes() {
    return pool;
  }

  /** What went wrong in the servers themselves and not at the other end of their connections. */
  public List<String> failures() {
    return Stream.concat(
            engine.stream().flatMap(server -> server.failures().stream()),
            nodes.stream().flatMap(node -> node.failures().stream()))
        .map(failure -> "a server that the suite plays failed: " + failure)
        .toList();
  }

  @Override
  public void close() {
    try {
      for (ScriptedNode node : nodes) {
        node.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the port of a scripted node cannot be closed", e);
    } finally {
      engine.ifPresent(ScriptedEngine::close);
    }
  }
}
