package dev.sealcheck.node.attestation;

import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.GpuNonce;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A device that signs reports: an SPDM 1.1 GET_MEASUREMENTS request followed by the response that
 * it would get; docs/ATTESTATION.md. All integers are little-endian, but for the signature.
 */
final class EmulatedDevice {

  private static final byte SPDM_VERSION = 0x11;
  private static final byte GET_MEASUREMENTS = (byte) 0xe0;
  private static final byte SIGNATURE_REQUESTED = 0x01;
  private static final byte ALL_BLOCKS = (byte) 0xff;
  private static final byte SLOT = 0;
  private static final byte MEASUREMENTS = 0x60;
  private static final byte DMTF_SPECIFICATION = 1;
  private static final byte RAW_DIGEST = 1;

  private static final int REQUEST_SIZE_IN_BYTES = 37;
  private static final int RESPONSE_HEAD_SIZE_IN_BYTES = 8;
  private static final int VALUE_HEAD_SIZE_IN_BYTES = 3;
  private static final int BLOCK_SIZE_IN_BYTES = 55;
  private static final int RESPONDER_NONCE_SIZE_IN_BYTES = 32;

  private final DeviceKind kind;
  private final EmulatedAuthority.Issued issued;
  private final byte[] opaque;
  private final SecureRandom random;

  /**
   * A device.
   *
   * @param issued its key and chain
   * @param opaque what it says besides its measurements
   * @param random makes the responder's nonces
   */
  EmulatedDevice(
      DeviceKind kind, EmulatedAuthority.Issued issued, byte[] opaque, SecureRandom random) {
    this.kind = kind;
    this.issued = issued;
    this.opaque = opaque;
    this.random = random;
  }

  /** Its signed answer to a nonce. */
  DeviceEvidence evidence(GpuNonce nonce) {
    byte[] body = unsigned(nonce);
    byte[] signature = issued.key().signRaw(body);
    byte[] report =
        ByteBuffer.allocate(body.length + signature.length).put(body).put(signature).array();
    return DeviceEvidence.owning(kind, issued.chain().getBytes(StandardCharsets.US_ASCII), report);
  }

  private byte[] unsigned(GpuNonce nonce) {
    int recordLength = EmulatedFirmware.BLOCKS * BLOCK_SIZE_IN_BYTES;
    ByteBuffer out =
        ByteBuffer.allocate(
                REQUEST_SIZE_IN_BYTES
                    + RESPONSE_HEAD_SIZE_IN_BYTES
                    + recordLength
                    + RESPONDER_NONCE_SIZE_IN_BYTES
                    + Short.BYTES
                    + opaque.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(SPDM_VERSION).put(GET_MEASUREMENTS).put(SIGNATURE_REQUESTED).put(ALL_BLOCKS);
    out.put(nonce.toArray()).put(SLOT);
    out.put(SPDM_VERSION).put(MEASUREMENTS).put((byte) 0).put((byte) 0);
    out.put((byte) EmulatedFirmware.BLOCKS);
    out.putShort((short) recordLength).put((byte) (recordLength >> Short.SIZE));
    for (int index = 1; index <= EmulatedFirmware.BLOCKS; index++) {
      byte[] value = EmulatedFirmware.measurement(index);
      out.put((byte) index).put(DMTF_SPECIFICATION);
      out.putShort((short) (VALUE_HEAD_SIZE_IN_BYTES + value.length));
      out.put(RAW_DIGEST).putShort((short) value.length).put(value);
    }
    byte[] responderNonce = new byte[RESPONDER_NONCE_SIZE_IN_BYTES];
    random.nextBytes(responderNonce);
    out.put(responderNonce).putShort((short) opaque.length).put(opaque);
    return out.array();
  }
}
