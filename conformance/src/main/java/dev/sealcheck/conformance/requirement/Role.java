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

  /** The word that ledger, tags and reports use for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
