package dev.sealcheck.conformance.client;

import java.util.Arrays;

/**
 * flag ‖ signature ‖ public key, sent as base64 (docs/PROTOCOL.md section 5).
 *
 * @param scheme named by the flag
 * @param signature 64 bytes; for ECDSA r ‖ s
 * @param publicKey 32 bytes, or a compressed point of 33
 */
public record SignatureEnvelope(SignatureScheme scheme, Bytes signature, Bytes publicKey) {
  private static final int SIGNATURE_BYTES = 64;
  private static final String FIELD = "signature";

  /**
   * Checks lengths and the form of a compressed point.
   *
   * @throws MalformedAnswer if one is wrong
   */
  public SignatureEnvelope {
    if (signature.length() != SIGNATURE_BYTES
        || publicKey.length() != scheme.publicKeyBytes()
        || (scheme != SignatureScheme.ED25519 && (publicKey.at(0) & ~1) != 2)) {
      throw new MalformedAnswer(
          FIELD, "must be a flag, 64 signature bytes and the public key of that flag's form");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws MalformedAnswer if it is not canonical base64, or flag, length or key form is unknown
   */
  public static SignatureEnvelope parse(String base64) {
    Bytes envelope = Base64Text.decode(FIELD, base64);
    if (envelope.length() < 1 + SIGNATURE_BYTES) {
      throw new MalformedAnswer(FIELD, "must be longer than flag and signature");
    }
    SignatureScheme scheme =
        Arrays.stream(SignatureScheme.values())
            .filter(known -> known.flag() == envelope.at(0))
            .findFirst()
            .orElseThrow(() -> new MalformedAnswer(FIELD, "must begin with the flag 0, 1 or 2"));
    return new SignatureEnvelope(
        scheme,
        envelope.slice(1, 1 + SIGNATURE_BYTES),
        envelope.slice(1 + SIGNATURE_BYTES, envelope.length()));
  }

  /** Whether this signs {@code hash}; false also for a bad point or scalar and for a high s. */
  public boolean verifies(BodyHash hash) {
    return scheme.verifies(publicKey, hash.bytes(), signature);
  }

  /** The signer's address: 0x and the lower-case hex of BLAKE2b-256( flag ‖ public key ). */
  public String address() {
    return addressOf(scheme, publicKey);
  }

  /** The text form. */
  public String base64() {
    return Base64Text.encode(Bytes.concat(flagByte(scheme), signature, publicKey));
  }

  static String addressOf(SignatureScheme scheme, Bytes publicKey) {
    return "0x" + BodyHash.of(Bytes.concat(flagByte(scheme), publicKey)).bytes().toHex();
  }

  private static Bytes flagByte(SignatureScheme scheme) {
    return Bytes.owning(new byte[] {(byte) scheme.flag()});
  }
}
