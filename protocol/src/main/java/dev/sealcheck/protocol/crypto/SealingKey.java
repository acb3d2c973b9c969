package dev.sealcheck.protocol.crypto;

import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.Nonce;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AES-256 key of one request: seals and opens with AES-GCM, a 96-bit nonce, no associated data
 * and a 16-byte tag appended; NIST SP 800-38D, docs/PROTOCOL.md section 3. Safe for many threads.
 */
public final class SealingKey {

  /** The size of the key. */
  static final int SIZE_IN_BYTES = 32;

  /** Bytes of a fingerprint: two of 2^64 keys collide with a chance of about one half. */
  public static final int FINGERPRINT_SIZE_IN_BYTES = 16;

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private final SecretKeySpec key;

  SealingKey(byte[] key) {
    if (key.length != SIZE_IN_BYTES) {
      throw new IllegalArgumentException(
          "sealing key must be " + SIZE_IN_BYTES + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Seals {@code plaintext}; the caller must never use one nonce twice under one key. */
  public Ciphertext seal(Nonce nonce, byte[] plaintext) {
    try {
      return Ciphertext.owning(cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plaintext));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM could not seal", e);
    }
  }

  /**
   * The plaintext of {@code ciphertext}.
   *
   * @throws UndecryptableException if the tag does not verify
   */
  public byte[] open(Nonce nonce, Ciphertext ciphertext) throws UndecryptableException {
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(ciphertext.lend());
    } catch (AEADBadTagException e) {
      throw new UndecryptableException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM could not open", e);
    }
  }

  /**
   * A short name of this key that does not give it away: the first bytes of its SHA-256. Two
   * requests have the same one exactly when they derived the same key.
   */
  public byte[] fingerprint() {
    byte[] encoded = key.getEncoded();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
      return Arrays.copyOf(digest, FINGERPRINT_SIZE_IN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private Cipher cipher(int mode, Nonce nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(
        mode, key, new GCMParameterSpec(Ciphertext.TAG_SIZE_IN_BYTES * Byte.SIZE, nonce.toArray()));
    return cipher;
  }

  @Override
  public String toString() {
    return "SealingKey[" + SIZE_IN_BYTES + " bytes]";
  }
}
