package dev.sealcheck.conformance.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What holds over a whole run and no single check can see: who signed, which nonces came. */
public final class Observations {

  /** More than a run makes; the oldest nonce is dropped then, so memory stays bounded. */
  private static final int NONCES_LIMIT = 1 << 18;

  private final ConcurrentMap<Long, Set<String>> signersByNode = new ConcurrentHashMap<>();
  private final Set<String> nonces =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > NONCES_LIMIT;
                }
              }));

  /**
   * Notes a signer of a node's answer and returns all signers of that node so far, this one
   * included.
   *
   * @param nodeSmallId the node that the lock named
   * @param address the address of the key in the signature
   */
  public Set<String> signer(long nodeSmallId, String address) {
    Set<String> signers =
        signersByNode.computeIfAbsent(nodeSmallId, id -> ConcurrentHashMap.newKeySet());
    signers.add(address);
    return Set.copyOf(signers);
  }

  /** The nodes that have answered so far. */
  public Set<Long> nodes() {
    return Set.copyOf(signersByNode.keySet());
  }

  /** All signers of that node so far; empty where it has not answered. */
  public Set<String> signersOf(long nodeSmallId) {
    return Set.copyOf(signersByNode.getOrDefault(nodeSmallId, Set.of()));
  }

  /**
   * True where no answer or event of this run carried that nonce before; notes it.
   *
   * @param nonce any spelling, as long as it is always the same one
   */
  public boolean firstUseOf(String nonce) {
    return nonces.add(nonce);
  }
}
