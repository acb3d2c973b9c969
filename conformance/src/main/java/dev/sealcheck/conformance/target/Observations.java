package dev.sealcheck.conformance.target;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What holds over a whole run and no single check can see: who signed, which nonces came. */
public final class Observations {

  /** More than a run makes; the oldest nonce is dropped then, so memory stays bounded. */
  private static final int NONCES_LIMIT = 1 << 18;

  private final AtomicInteger repeatedNonces = new AtomicInteger();
  private final ConcurrentMap<Long, Set<String>> signersByNode = new ConcurrentHashMap<>();
  private final Set<String> attestedKeys = ConcurrentHashMap.newKeySet();
  private final Map<String, String> nonces =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > NONCES_LIMIT;
            }
          });

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

  /** Notes a node's key whose evidence holds, in any spelling that is always the same one. */
  public void attested(String key) {
    attestedKeys.add(key);
  }

  /** Whether the evidence for that key was seen to hold. */
  public boolean isAttested(String key) {
    return attestedKeys.contains(key);
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
   * Notes the nonce of a whole answer; the same answer may be noted again.
   *
   * @param nonce any spelling, as long as it is always the same one
   * @param answer what tells this answer from every other
   */
  public void answerNonce(String nonce, String answer) {
    String before = nonces.putIfAbsent(nonce, answer);
    if (before != null && !before.equals(answer)) {
      repeatedNonces.incrementAndGet();
    }
  }

  /** How many whole answers of this run so far carried a nonce that came before. */
  public int repeatedNonces() {
    return repeatedNonces.get();
  }
}
