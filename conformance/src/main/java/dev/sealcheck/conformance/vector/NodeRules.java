package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.SmallOrderKey;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.vector.RequestJudge.WireRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The order in which a node checks a request (docs/PROTOCOL.md sections 7 and 9). */
final class NodeRules {

  /**
   * What a node makes of a request.
   *
   * @param status of the answer
   * @param code of the refusal, empty for a 200
   * @param plaintext what it opened, empty for a refusal
   */
  record Verdict(int status, String code, Bytes plaintext) {}

  private static final int INVALID = 400;

  private final X25519Pair pair;
  private final Set<String> proxies;
  private final int maxBodyBytes;
  private final Set<Bytes> usedKeys = new HashSet<>();

  /**
   * A node that has seen nothing yet.
   *
   * @param proxies the addresses whose signatures it takes
   */
  NodeRules(X25519Pair pair, Set<String> proxies, int maxBodyBytes) {
    this.pair = pair;
    this.proxies = Set.copyOf(proxies);
    this.maxBodyBytes = maxBodyBytes;
  }

  Verdict answer(WireRequest request) {
    if (request.endpoint() == null) {
      return refusal(404, "NOT_FOUND");
    }
    if (!request.method().equals("POST")) {
      return refusal(405, "METHOD_NOT_ALLOWED");
    }
    if (!isJson(request.contentType())) {
      return refusal(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    if (request.body().length() > maxBodyBytes) {
      return refusal(413, "BODY_TOO_LARGE");
    }
    ReadEnvelope envelope;
    try {
      envelope = ReadEnvelope.parse(request.endpoint(), request.body());
    } catch (MalformedAnswer malformed) {
      return refusal(INVALID, "INVALID_BODY");
    }
    if (!isSignedByAProxy(request.signature(), envelope.hash())) {
      return refusal(401, "AUTH_ERROR");
    }
    if (!envelope.nodeKey().equals(pair.publicKey())) {
      return refusal(409, "STALE_NODE_KEY");
    }
    return opened(envelope);
  }

  private Verdict opened(ReadEnvelope envelope) {
    Derivation derivation;
    Bytes plaintext;
    try {
      derivation = Derivation.of(pair.sharedSecret(envelope.clientKey()), envelope.salt());
      plaintext = Seal.open(derivation.key(), envelope.nonce(), envelope.ciphertext());
    } catch (SmallOrderKey | CannotOpen undecryptable) {
      return refusal(INVALID, "UNDECRYPTABLE");
    }
    if (!BodyHash.of(plaintext).equals(envelope.hash())) {
      return refusal(INVALID, "UNDECRYPTABLE");
    }
    if (!usedKeys.add(derivation.key())) {
      return refusal(409, "REPLAYED_REQUEST");
    }
    try {
      ObjectNode body = StrictJson.parseObject(plaintext);
      BodyRules.check(envelope, body);
    } catch (MalformedAnswer malformed) {
      return refusal(INVALID, "INVALID_BODY");
    }
    return new Verdict(200, "", plaintext);
  }

  private boolean isSignedByAProxy(String header, BodyHash hash) {
    try {
      SignatureEnvelope signature = SignatureEnvelope.parse(header);
      return proxies.contains(signature.address()) && signature.verifies(hash);
    } catch (MalformedAnswer malformed) {
      return false;
    }
  }

  private static boolean isJson(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean json = parts[0].strip().equals("application/json");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    return json;
  }

  private static Verdict refusal(int status, String code) {
    return new Verdict(status, code, Bytes.empty());
  }
}
