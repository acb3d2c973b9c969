package dev.sealcheck.protocol.attestation;

import dev.sealcheck.protocol.hash.Blake3;
import dev.sealcheck.protocol.wire.FixedBytes;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What every device of a node signs in answer to a challenge: BLAKE3-256( LE64(nonce) ‖ X25519
 * public key ‖ LE16(slot) ). This is what binds the evidence to the key; docs/ATTESTATION.md.
 */
public record GpuNonce(FixedBytes bytes) {

  /** The nonce field of an SPDM request, and BLAKE3's default output. */
  public static final int SIZE_IN_BYTES = Blake3.SIZE_IN_BYTES;

  /** The slot that stands for GPUs, and goes to their switches too. */
  private static final short GPU_SLOT = 300;

  /** The nonce that answers {@code challenge} for {@code key}. */
  public static GpuNonce of(ChallengeNonce challenge, X25519PublicKey key) {
    byte[] slot =
        ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN).putShort(GPU_SLOT).array();
    return new GpuNonce(Blake3.of(challenge.littleEndian(), key.toArray(), slot));
  }

  /**
   * A copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_IN_BYTES}
   */
  public static GpuNonce copyOf(byte[] bytes) {
    return new GpuNonce(FixedBytes.copyOf(bytes, SIZE_IN_BYTES, "nonce"));
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return bytes.toArray();
  }
}
