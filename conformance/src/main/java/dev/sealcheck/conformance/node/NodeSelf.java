package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.time.SuiteClock;
import java.util.concurrent.atomic.AtomicReference;

/** What a node's calls know of their node; prints no secret. */
record NodeSelf(
    NodeIdentity identity,
    AtomicReference<X25519Pair> current,
    SuiteClock clock,
    RunningStreams running) {

  X25519Pair pair() {
    return current.get();
  }

  long nowSeconds() {
    return clock.now().getEpochSecond();
  }
}
