package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.client.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A report before it is signed, in its parts; changed by copy, and nothing checks whether the parts
 * still agree: a report that is wrong is what a check sends.
 *
 * @param nonce what the caller asked with
 * @param blockCount how many blocks the response says it has
 * @param recordLength how many bytes it says they have
 * @param blocks the blocks as they are, normally 55 bytes each
 * @param responderNonce the device's own nonce
 * @param opaqueLength how many bytes the response says the opaque data have
 * @param opaque the opaque entries
 */
record EmulatedReport(
    Bytes nonce,
    int blockCount,
    int recordLength,
    List<Bytes> blocks,
    Bytes responderNonce,
    int opaqueLength,
    List<OpaqueEntry> opaque) {
  /** Where the first block begins. */
  static final int BLOCKS_AT = 45;

  /** The bytes of a block. */
  static final int BLOCK_BYTES = 55;

  private static final Bytes REQUEST_HEAD = Bytes.hex("11e001ff");
  private static final Bytes SLOT = Bytes.hex("00");
  private static final Bytes RESPONSE_HEAD = Bytes.hex("11600000");

  EmulatedReport {
    blocks = List.copyOf(blocks);
    opaque = List.copyOf(opaque);
  }

  /**
   * An entry of the opaque data.
   *
   * @param type its number
   * @param size the size that it says it has
   * @param data what it has
   */
  record OpaqueEntry(int type, int size, Bytes data) {
    static OpaqueEntry of(OpaqueType type, Bytes data) {
      return new OpaqueEntry(type.number(), data.length(), data);
    }

    private Bytes bytes() {
      return Bytes.concat(littleEndian(type, 2), littleEndian(size, 2), data);
    }
  }

  /** A report whose parts agree. */
  static EmulatedReport of(
      Bytes nonce, List<Bytes> values, Bytes responderNonce, List<OpaqueEntry> opaque) {
    List<Bytes> blocks = new ArrayList<>();
    for (int index = 1; index <= values.size(); index++) {
      blocks.add(block(index, 1, values.get(index - 1)));
    }
    return new EmulatedReport(
        nonce,
        blocks.size(),
        blocks.size() * BLOCK_BYTES,
        blocks,
        responderNonce,
        lengthOf(opaque),
        opaque);
  }

  /** A block with this index, specification and value. */
  static Bytes block(int index, int specification, Bytes value) {
    return Bytes.concat(
        littleEndian(index, 1),
        littleEndian(specification, 1),
        littleEndian(value.length() + 3, 2),
        littleEndian(1, 1),
        littleEndian(value.length(), 2),
        value);
  }

  /** Everything before the signature. */
  Bytes unsigned() {
    return Bytes.concat(
        REQUEST_HEAD,
        nonce,
        SLOT,
        RESPONSE_HEAD,
        littleEndian(blockCount, 1),
        littleEndian(recordLength, 3),
        Bytes.concat(blocks.toArray(Bytes[]::new)),
        responderNonce,
        littleEndian(opaqueLength, 2),
        Bytes.concat(opaque.stream().map(OpaqueEntry::bytes).toArray(Bytes[]::new)));
  }

  EmulatedReport withNonce(Bytes other) {
    return new EmulatedReport(
        other, blockCount, recordLength, blocks, responderNonce, opaqueLength, opaque);
  }

  EmulatedReport withResponderNonce(Bytes other) {
    return new EmulatedReport(nonce, blockCount, recordLength, blocks, other, opaqueLength, opaque);
  }

  EmulatedReport withBlockCount(int other) {
    return new EmulatedReport(
        nonce, other, recordLength, blocks, responderNonce, opaqueLength, opaque);
  }

  EmulatedReport withRecordLength(int other) {
    return new EmulatedReport(
        nonce, blockCount, other, blocks, responderNonce, opaqueLength, opaque);
  }

  EmulatedReport withOpaqueLength(int other) {
    return new EmulatedReport(
        nonce, blockCount, recordLength, blocks, responderNonce, other, opaque);
  }

  /** A copy with another block in the place of block {@code index}, counted from 1. */
  EmulatedReport withBlock(int index, Bytes block) {
    List<Bytes> changed = new ArrayList<>(blocks);
    changed.set(index - 1, block);
    return new EmulatedReport(
        nonce, blockCount, recordLength, changed, responderNonce, opaqueLength, opaque);
  }

  /** A copy that measured another value. */
  EmulatedReport withMeasurement(int index, Bytes value) {
    return withBlock(index, block(index, 1, value));
  }

  /** A copy with other data under {@code type}; lengths follow. */
  EmulatedReport withOpaque(OpaqueType type, Bytes data) {
    OpaqueEntry fresh = OpaqueEntry.of(type, data);
    return opaque.stream().anyMatch(entry -> entry.type() == type.number())
        ? withEntries(
            opaque.stream().map(old -> old.type() == type.number() ? fresh : old).toList())
        : withEntry(fresh);
  }

  /** A copy without {@code type}; lengths follow. */
  EmulatedReport withoutOpaque(OpaqueType type) {
    return withEntries(opaque.stream().filter(entry -> entry.type() != type.number()).toList());
  }

  /** A copy with one more entry at the end, whatever it is; lengths follow. */
  EmulatedReport withEntry(OpaqueEntry entry) {
    return withEntries(Stream.concat(opaque.stream(), Stream.of(entry)).toList());
  }

  /** The position of the data of {@code type}, counted from the front of the report. */
  int offsetOf(OpaqueType type) {
    int at = BLOCKS_AT + recordLength + responderNonce.length() + 2;
    for (OpaqueEntry entry : opaque) {
      if (entry.type() == type.number()) {
        return at + 4;
      }
      at += entry.bytes().length();
    }
    throw new IllegalArgumentException("this report has no entry " + type);
  }

  private EmulatedReport withEntries(List<OpaqueEntry> entries) {
    return new EmulatedReport(
        nonce, blockCount, recordLength, blocks, responderNonce, lengthOf(entries), entries);
  }

  private static int lengthOf(List<OpaqueEntry> entries) {
    return entries.stream().mapToInt(entry -> entry.bytes().length()).sum();
  }

  private static Bytes littleEndian(int number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return Bytes.owning(bytes);
  }
}
