package dev.sealcheck.conformance.client;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES-256-GCM without associated data, the 16-byte tag appended (NIST SP 800-38D; docs/PROTOCOL.md
 * section 3).
 */
public final class Seal {
  /** The tag's length, at the end of every ciphertext. */
  public static final int TAG_BYTES = 16;

  private static final int KEY_BYTES = 32;

  private Seal() {}

  /**
   * The ciphertext and its tag, 16 bytes longer than the plaintext.
   *
   * @param key 32 bytes
   * @throws IllegalArgumentException if there are not 32
   */
  public static Bytes seal(Bytes key, Nonce nonce, Bytes plaintext) {
    try {
      return run(true, key, nonce, plaintext);
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("sealing never checks a tag", impossible);
    }
  }

  /**
   * The plaintext.
   *
   * @param key 32 bytes
   * @param ciphertext with its tag last
   * @throws CannotOpen if the tag does not verify or there is no room for one
   * @throws IllegalArgumentException if the key is not 32 bytes
   */
  public static Bytes open(Bytes key, Nonce nonce, Bytes ciphertext) {
    try {
      return run(false, key, nonce, ciphertext);
    } catch (InvalidCipherTextException wrongTag) {
      throw new CannotOpen();
    }
  }

  private static Bytes run(boolean sealing, Bytes key, Nonce nonce, Bytes input)
      throws InvalidCipherTextException {
    if (key.length() != KEY_BYTES) {
      throw new IllegalArgumentException(
          "key of " + key.length() + " bytes: " + KEY_BYTES + " allowed");
    }
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        sealing,
        new AEADParameters(
            new KeyParameter(key.content()), 8 * TAG_BYTES, nonce.bytes().content()));
    byte[] output = new byte[cipher.getOutputSize(input.length())];
    int written = cipher.processBytes(input.content(), 0, input.length(), output, 0);
    cipher.doFinal(output, written);
    return Bytes.owning(output);
  }
}
