package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.client.SigningPair;

/**
 * A node that the proxy under test is configured for and that the suite plays.
 *
 * @param smallId its id
 * @param key the key that registers it and signs its answers
 * @param model the one model it serves, served by no other node
 * @param host where it listens
 * @param port where it listens; 0 for any free port
 */
public record ScriptedNodePlace(
    long smallId, SigningPair key, String model, String host, int port) {

  private static final int LAST_PORT = 65_535;

  /** A place. @throws IllegalArgumentException if the id or the port is out of range */
  public ScriptedNodePlace {
    if (smallId < 1) {
      throw new IllegalArgumentException("the id of a node is 1 or more, got " + smallId);
    }
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException("a port is 0 to " + LAST_PORT + ", got " + port);
    }
  }
}
