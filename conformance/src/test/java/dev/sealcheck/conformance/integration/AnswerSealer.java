package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals the answer to one request for the client, as a whole or event by event. */
final class AnswerSealer {

  private final Tamper tamper;
  private final SigningPair signer;
  private final Derivation client;
  private final Intercepted request;
  private final Nonce requestNonce;
  private final List<Nonce> before = new ArrayList<>();

  AnswerSealer(Tamper tamper, SigningPair signer, Intercepted request) {
    this.tamper = tamper;
    this.signer = signer;
    this.request = request;
    // Where the envelope leads to no key, the answer to it cannot be opened, and is given anyway.
    this.client =
        request.derivation().orElseGet(() -> Derivation.of(Bytes.random(32), Salt.fresh()));
    this.requestNonce = request.nonce().orElseGet(Nonce::fresh);
  }

  /** What the node said, sealed for the client; empty where the defect leaves it out. */
  Optional<ObjectNode> seal(OpenedAnswer fromNode) {
    return tamper.plaintext(fromNode.plaintext()).map(text -> seal(text, fromNode));
  }

  private ObjectNode seal(Bytes plaintext, OpenedAnswer fromNode) {
    Nonce nonce = tamper.nonce(requestNonce, List.copyOf(before));
    before.add(nonce);
    BodyHash hash = tamper.hash(plaintext);
    ObjectNode answer = StrictJson.object();
    Bytes key = tamper.key(client, request);
    answer.put("ciphertext", Base64Text.encode(Seal.seal(key, nonce, plaintext)));
    answer.put("nonce", nonce.base64());
    fromNode.outerUsage().ifPresent(usage -> answer.set("usage", usage));
    answer.put("signature", tamper.signature(signer, hash).base64());
    answer.put("response_hash", hash.base64());
    tamper.sealed(answer);
    return answer;
  }
}
