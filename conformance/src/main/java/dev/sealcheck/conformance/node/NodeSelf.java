package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.time.SuiteClock;

/** What a node's calls know of their node; prints no secret. */
record NodeSelf(NodeIdentity identity, X25519Pair pair, SuiteClock clock, RunningStreams running) {

  long nowSeconds() {
    return clock.now().getEpochSecond();
  }
}
