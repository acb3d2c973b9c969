package dev.sealcheck.conformance.requirement;

import java.util.Locale;

/** The part that the suite plays to test a requirement. */
public enum Role {
  /** A client in front of any proxy. */
  DEPLOYMENT,
  /** A client that signs as the proxy, in front of a node. */
  NODE,
  /** A client and a scripted node around a proxy. */
  PROXY,
  /** A server in front of a client under test. */
  CLIENT,
  /** A published client library in front of a deployment. */
  SDK;

  /** What the suite plays in it. */
  public String meaning() {
    return switch (this) {
      case DEPLOYMENT -> "the suite is a client in front of a proxy";
      case NODE -> "the suite signs as the proxy, in front of a node";
      case PROXY -> "the suite is the client and the nodes around a proxy";
      case CLIENT -> "the suite would be the server that a client under test talks to";
      case SDK -> "a published client library talks to a deployment";
    };
  }

  /** What must be given to a run for it; the reference has all of it. */
  public String needs() {
    return switch (this) {
      case DEPLOYMENT -> "a proxy and a token (--proxy URL --token-file FILE)";
      case NODE -> "a node and two keys (--node URL --node-key BASE64 --proxy-key-file PEM)";
      case PROXY -> "a proxy configured for nodes that the suite plays (profile: scripted_nodes)";
      case CLIENT -> "a client under test, which this version has no door for";
      case SDK -> "the library and what runs it";
    };
  }

  /** The word that ledger, tags and reports use for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
