package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;

/** Where a check's client stands: as a user in front of the proxy, or as its proxy at a node. */
enum Place {
  PROXY,
  NODE;

  /** Makes the check's client one that stands there; asked first of all. */
  TestClient clientIn(World world) {
    return this == NODE ? world.nodeClient() : world.client();
  }
}
