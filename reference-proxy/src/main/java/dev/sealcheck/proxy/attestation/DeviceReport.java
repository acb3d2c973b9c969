package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.wire.FixedBytes;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import java.util.TreeMap;

/**
 * A report of the right form, not yet believed: an SPDM 1.1 GET_MEASUREMENTS request, and the
 * response up to its signature; docs/ATTESTATION.md.
 */
final class DeviceReport {

  /** A measurement is a SHA-384 hash. */
  static final int MEASUREMENT_SIZE_IN_BYTES = 48;

  /** Where blocks can stand: their index goes from 1 to this. */
  static final int MAX_BLOCKS = 64;

  private static final int SPDM_VERSION = 0x11;
  private static final int GET_MEASUREMENTS = 0xe0;
  private static final int SIGNATURE_REQUESTED = 0x01;
  private static final int ALL_BLOCKS = 0xff;
  private static final int MEASUREMENTS = 0x60;
  private static final int BLOCK_SIZE_IN_BYTES = 55;
  private static final int BLOCK_CONTENT_SIZE_IN_BYTES = 51;
  private static final int RESPONDER_NONCE_SIZE_IN_BYTES = 32;
  private static final int SIGNATURE_SIZE_IN_BYTES = 96;

  private final byte[] bytes;
  private final GpuNonce nonce;
  private final Map<Integer, FixedBytes> measurements;
  private final OpaqueData opaque;

  private DeviceReport(
      byte[] bytes, GpuNonce nonce, Map<Integer, FixedBytes> measurements, OpaqueData opaque) {
    this.bytes = bytes;
    this.nonce = nonce;
    this.measurements = measurements;
    this.opaque = opaque;
  }

  /**
   * Parses a report; takes ownership of the bytes.
   *
   * @throws MalformedMessageException if a fixed field differs, a block or an opaque entry stands
   *     twice, or the lengths do not add up to exactly the bytes
   */
  static DeviceReport parse(byte[] bytes) throws MalformedMessageException {
    BoundedReader reader = new BoundedReader(bytes);
    reader.expect8(SPDM_VERSION, "SPDM version");
    reader.expect8(GET_MEASUREMENTS, "request code");
    reader.expect8(SIGNATURE_REQUESTED, "first parameter");
    reader.expect8(ALL_BLOCKS, "second parameter");
    GpuNonce nonce = GpuNonce.copyOf(reader.bytes(GpuNonce.SIZE_IN_BYTES));
    reader.expect8(0, "slot");
    reader.expect8(SPDM_VERSION, "SPDM version");
    reader.expect8(MEASUREMENTS, "response code");
    reader.expect16(0, "parameters");
    int blocks = reader.unsigned8();
    int recordLength = reader.unsigned24();
    if (blocks < 1 || blocks > MAX_BLOCKS || recordLength != blocks * BLOCK_SIZE_IN_BYTES) {
      throw new MalformedMessageException("report", "must have as many blocks as it says");
    }
    Map<Integer, FixedBytes> measurements = blocks(reader.part(recordLength));
    reader.part(RESPONDER_NONCE_SIZE_IN_BYTES);
    OpaqueData opaque = OpaqueData.parse(reader.part(reader.unsigned16()));
    reader.part(SIGNATURE_SIZE_IN_BYTES);
    if (reader.hasMore()) {
      throw new MalformedMessageException("report", "must end with its signature");
    }
    return new DeviceReport(bytes, nonce, measurements, opaque);
  }

  private static Map<Integer, FixedBytes> blocks(BoundedReader reader)
      throws MalformedMessageException {
    Map<Integer, FixedBytes> measurements = new TreeMap<>();
    while (reader.hasMore()) {
      int index = reader.unsigned8();
      reader.expect8(1, "measurement specification");
      reader.expect16(BLOCK_CONTENT_SIZE_IN_BYTES, "block size");
      reader.expect8(1, "value type");
      reader.expect16(MEASUREMENT_SIZE_IN_BYTES, "value size");
      FixedBytes value =
          FixedBytes.copyOf(
              reader.bytes(MEASUREMENT_SIZE_IN_BYTES), MEASUREMENT_SIZE_IN_BYTES, "measurement");
      if (index < 1 || index > MAX_BLOCKS || measurements.putIfAbsent(index, value) != null) {
        throw new MalformedMessageException("report", "must have each block index once, 1 to 64");
      }
    }
    return measurements;
  }

  /** The nonce that the caller gave the device: the one in the request. */
  GpuNonce nonce() {
    return nonce;
  }

  /** The values by block index; unused ones are zeros, or absent. */
  Map<Integer, FixedBytes> measurements() {
    return measurements;
  }

  OpaqueData opaque() {
    return opaque;
  }

  /** Whether {@code key} signed everything before the last 96 bytes: ECDSA with SHA-384, r ‖ s. */
  boolean isSignedBy(PublicKey key) {
    int signed = bytes.length - SIGNATURE_SIZE_IN_BYTES;
    try {
      Signature verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(bytes, 0, signed);
      return verifier.verify(bytes, signed, SIGNATURE_SIZE_IN_BYTES);
    } catch (GeneralSecurityException e) {
      // The JDK says so for a key of another kind and for r or s out of range: not signed.
      return false;
    }
  }
}
