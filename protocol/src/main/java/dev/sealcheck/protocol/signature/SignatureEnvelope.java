package dev.sealcheck.protocol.signature;

import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.util.Arrays;

/**
 * A signature with the key that made it: base64( flag ‖ signature (64) ‖ public key ),
 * docs/PROTOCOL.md section 5. A parsed envelope is not yet verified.
 */
public final class SignatureEnvelope {

  /** SEC 1 section 2.3.3: a compressed point begins with 2 or 3. */
  private static final int COMPRESSED = 2;

  private final SignatureScheme scheme;
  private final byte[] signature;
  private final byte[] publicKey;

  SignatureEnvelope(SignatureScheme scheme, byte[] signature, byte[] publicKey) {
    this.scheme = scheme;
    this.signature = signature;
    this.publicKey = publicKey;
  }

  /**
   * Parses the text of an envelope.
   *
   * @throws MalformedMessageException if it is not canonical base64, flag and length do not belong
   *     together, or the key of an ECDSA scheme is not a compressed point
   */
  public static SignatureEnvelope parse(String text) throws MalformedMessageException {
    byte[] bytes = Base64Text.decode("signature", text);
    SignatureScheme scheme =
        bytes.length == 0 ? null : SignatureScheme.ofFlag(bytes[0]).orElse(null);
    if (scheme == null || bytes.length != scheme.envelopeSizeInBytes()) {
      throw new MalformedMessageException("signature", "must have a known flag and its length");
    }
    int keyStart = 1 + SignatureScheme.SIGNATURE_SIZE_IN_BYTES;
    if (scheme != SignatureScheme.ED25519 && (bytes[keyStart] & ~1) != COMPRESSED) {
      throw new MalformedMessageException("signature", "must have a compressed point for its key");
    }
    return new SignatureEnvelope(
        scheme,
        Arrays.copyOfRange(bytes, 1, keyStart),
        Arrays.copyOfRange(bytes, keyStart, bytes.length));
  }

  /** Whether this is a signature of {@code hash} by the key it names; false for any bad point. */
  public boolean verifies(BodyHash hash) {
    byte[] message = hash.toArray();
    return switch (scheme) {
      case ED25519 -> Ed25519Keys.verify(publicKey, message, signature);
      case SECP256K1 -> EcdsaCurve.SECP256K1.verify(publicKey, message, signature);
      case SECP256R1 -> EcdsaCurve.SECP256R1.verify(publicKey, message, signature);
    };
  }

  /** The address of the key that this envelope names, whether or not the signature verifies. */
  public Address address() {
    return Address.of(scheme, publicKey);
  }

  /** The canonical text. */
  public String toText() {
    byte[] bytes = new byte[scheme.envelopeSizeInBytes()];
    bytes[0] = scheme.flag();
    System.arraycopy(signature, 0, bytes, 1, signature.length);
    System.arraycopy(publicKey, 0, bytes, 1 + signature.length, publicKey.length);
    return Base64Text.encode(bytes);
  }

  @Override
  public String toString() {
    return "SignatureEnvelope[" + scheme + ", " + address() + "]";
  }
}
