package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.X25519Pair;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** A whole request to a node, with the node's rules written again from docs/PROTOCOL.md. */
final class RequestJudge implements Judge {
  private static final int OK = 200;

  @Override
  public Finding judge(VectorCase one) {
    NodeRules node = node(one);
    for (JsonNode earlier : one.test().path("before")) {
      node.answer(wire(new VectorCase(one.file(), one.group(), earlier)));
    }
    NodeRules.Verdict verdict = node.answer(wire(one));
    if (verdict.status() != one.integer("status")) {
      return Finding.of("status " + verdict.status());
    }
    if (verdict.status() != OK) {
      return Finding.of(verdict.code());
    }
    return Finding.when(
        verdict.plaintext().equals(Bytes.utf8(one.text("plaintext"))), "another plaintext");
  }

  private static NodeRules node(VectorCase one) {
    X25519Pair pair = X25519Pair.ofInsecureKnownSecret(one.hex("nodeSecret"));
    if (!pair.publicKey().bytes().equals(Base64Text.decode("key", one.text("nodePublicKey")))) {
      throw new VectorFileException(one.id() + " has a node key that is not its secret's");
    }
    Set<String> proxies = new HashSet<>();
    one.value("proxies").forEach(proxy -> proxies.add(proxy.asText()));
    return new NodeRules(pair, proxies, one.integer("maxBodyBytes"));
  }

  /** The request as it would come over the wire. */
  static WireRequest wire(VectorCase one) {
    return new WireRequest(
        one.text("method"),
        one.text("path"),
        one.has("contentType") ? one.text("contentType") : "",
        one.has("xSignature") ? one.text("xSignature") : "",
        body(one));
  }

  private static Bytes body(VectorCase one) {
    Bytes body = one.raw("body");
    if (!one.test().has("paddedTo")) {
      return body;
    }
    byte[] padded = Arrays.copyOf(body.toArray(), one.integer("paddedTo"));
    Arrays.fill(padded, body.length(), padded.length, (byte) ' ');
    return Bytes.owning(padded);
  }

  /**
   * What a node gets.
   *
   * @param contentType empty where there is none
   * @param signature the value of X-Signature, empty where there is none
   */
  record WireRequest(String method, String path, String contentType, String signature, Bytes body) {

    /** The path's kind, or null where there is nothing. */
    Endpoint endpoint() {
      return Arrays.stream(Endpoint.values())
          .filter(endpoint -> endpoint.path().equals(path))
          .findFirst()
          .orElse(null);
    }
  }
}
