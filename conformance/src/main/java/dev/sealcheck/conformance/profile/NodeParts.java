package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known so far of a node to stand in front of; a profile may tell one part and the command
 * line another.
 *
 * @param url the node's base address
 * @param key the node's X25519 key
 * @param proxyKey the key of a proxy that the node takes requests from
 * @param address the address that the node signs answers with
 */
public record NodeParts(
    Optional<URI> url,
    Optional<X25519PublicKey> key,
    Optional<SigningPair> proxyKey,
    Optional<String> address) {

  /** Nothing. */
  public static NodeParts none() {
    return new NodeParts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The X25519 key that {@code text} is the canonical base64 of.
   *
   * @param name what the user calls it, for the error
   * @throws ProfileException if it is not canonical base64 of 32 bytes
   */
  public static X25519PublicKey publicKey(String name, String text) {
    try {
      return new X25519PublicKey(Base64Text.decode(name, text, X25519PublicKey.LENGTH_BYTES));
    } catch (MalformedAnswer e) {
      throw new ProfileException(name + ": must be canonical base64 of 32 bytes");
    }
  }

  /** These parts, each replaced by that of {@code others} where it is there. */
  public NodeParts overriddenBy(NodeParts others) {
    return new NodeParts(
        others.url.or(() -> url),
        others.key.or(() -> key),
        others.proxyKey.or(() -> proxyKey),
        others.address.or(() -> address));
  }

  /**
   * Access to the node; empty where nothing at all is known of one.
   *
   * @throws ProfileException if a part that is needed is missing; the message names all of them
   */
  public Optional<NodeAccess> complete() {
    if (equals(none())) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    if (url.isEmpty()) {
      missing.add("its address (--node, profile: node.url)");
    }
    if (key.isEmpty()) {
      missing.add("its X25519 key (--node-key, profile: node.public_key)");
    }
    if (proxyKey.isEmpty()) {
      missing.add("a key to sign as its proxy (--proxy-key-file, profile: node.proxy_key_file)");
    }
    if (!missing.isEmpty()) {
      throw new ProfileException("to test a node, add " + String.join(", and ", missing));
    }
    return Optional.of(
        new NodeAccess(
            url.orElseThrow(), key.orElseThrow(), List.of(proxyKey.orElseThrow()), address));
  }
}
