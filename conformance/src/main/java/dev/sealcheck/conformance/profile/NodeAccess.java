package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the suite needs to stand in front of a node as its proxy.
 *
 * @param url the node's base address
 * @param key the node's X25519 key
 * @param proxyKeys keys of proxies that the node takes requests from, at least one, the one to use
 *     first
 * @param address the address that the node signs answers with, where known
 */
public record NodeAccess(
    URI url, X25519PublicKey key, List<SigningPair> proxyKeys, Optional<String> address) {

  /**
   * Copies the list and takes trailing slashes from the address.
   *
   * @throws IllegalArgumentException if there is no key
   */
  public NodeAccess {
    url = URI.create(url.toString().replaceAll("/+$", ""));
    proxyKeys = List.copyOf(proxyKeys);
    if (proxyKeys.isEmpty()) {
      throw new IllegalArgumentException("the node role needs a proxy key");
    }
  }

  /** The key that requests are signed with. */
  public SigningPair proxyKey() {
    return proxyKeys.get(0);
  }

  /**
   * A key of that scheme which the node takes.
   *
   * @throws NotApplicable if there is none
   */
  public SigningPair requireProxyKey(SignatureScheme scheme) {
    return proxyKeys.stream()
        .filter(pair -> pair.scheme() == scheme)
        .findFirst()
        .orElseThrow(() -> new NotApplicable("a proxy key of the scheme " + scheme));
  }
}
