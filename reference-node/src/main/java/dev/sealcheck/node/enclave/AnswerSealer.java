package dev.sealcheck.node.enclave;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.SealedMessage;
import java.util.Optional;
import java.util.function.Supplier;

/** Seals, hashes and signs what goes back to one client; each message under a nonce of its own. */
public final class AnswerSealer {

  private final SealingKey key;
  private final SigningKey signingKey;
  private final Supplier<Nonce> nonces;

  AnswerSealer(SealingKey key, SigningKey signingKey, Supplier<Nonce> nonces) {
    this.key = key;
    this.signingKey = signingKey;
    this.nonces = nonces;
  }

  /**
   * Seals exactly these bytes.
   *
   * @param plaintext what the client will decrypt and hash
   * @param usage the usage inside, to be copied to the outside
   */
  public SealedMessage seal(byte[] plaintext, Optional<JsonNode> usage) {
    Nonce nonce = nonces.get();
    BodyHash hash = Blake2b256.of(plaintext);
    return new SealedMessage(
        key.seal(nonce, plaintext), nonce, hash, signingKey.sign(hash).toText(), usage);
  }
}
