package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A report whose form is right: an SPDM 1.1 GET_MEASUREMENTS request and its MEASUREMENTS response
 * (docs/ATTESTATION.md section 3; DMTF DSP0274 1.1). Nothing in it is believed yet.
 *
 * @param nonce the caller's nonce in the request, 32 bytes
 * @param measurements values of 48 bytes by block index 1 to 64
 * @param opaque the data of the opaque entries by type
 * @param signedPart everything before the signature
 * @param signature r then s, 48 bytes each, big-endian
 */
public record Report(
    Bytes nonce,
    SortedMap<Integer, Bytes> measurements,
    Map<Integer, Bytes> opaque,
    Bytes signedPart,
    Bytes signature) {
  /** Bytes of a measured value: SHA-384. */
  public static final int MEASUREMENT_BYTES = 48;

  /** Bytes of a signature by a P-384 key. */
  public static final int SIGNATURE_BYTES = 96;

  private static final int NONCE_BYTES = 32;
  private static final int BLOCK_BYTES = 55;
  private static final int MAX_BLOCKS = 64;

  /** Copies the maps. */
  public Report {
    measurements = Collections.unmodifiableSortedMap(new TreeMap<>(measurements));
    opaque = Collections.unmodifiableMap(new TreeMap<>(opaque));
  }

  /**
   * Reads a report.
   *
   * @throws MalformedAnswer if a length leaves the bytes, a fixed field has another value, a block
   *     index or an opaque type comes twice, or bytes are left over
   */
  public static Report parse(Bytes bytes) {
    LittleEndianReader reader = new LittleEndianReader(bytes, "report");
    reader.expect("request.version", 1, 0x11);
    reader.expect("request.code", 1, 0xE0);
    reader.expect("request.param1", 1, 0x01);
    reader.expect("request.param2", 1, 0xFF);
    Bytes nonce = reader.take("request.nonce", NONCE_BYTES);
    reader.expect("request.slot", 1, 0);
    reader.expect("response.version", 1, 0x11);
    reader.expect("response.code", 1, 0x60);
    reader.expect("response.params", 2, 0);
    int blocks = reader.number("response.blocks", 1);
    int recordLength = reader.number("response.record_length", 3);
    if (blocks < 1 || blocks > MAX_BLOCKS || recordLength != blocks * BLOCK_BYTES) {
      throw new MalformedAnswer(
          "response.record_length", "must be " + BLOCK_BYTES + " for each of 1 to 64 blocks");
    }
    SortedMap<Integer, Bytes> measurements =
        measurements(reader.take("response.record", recordLength));
    reader.take("response.nonce", NONCE_BYTES);
    int opaqueLength = reader.number("response.opaque_length", 2);
    Map<Integer, Bytes> opaque = opaque(reader.take("response.opaque", opaqueLength));
    Bytes signature = reader.take("response.signature", SIGNATURE_BYTES);
    reader.requireEnd();
    return new Report(
        nonce, measurements, opaque, bytes.slice(0, bytes.length() - SIGNATURE_BYTES), signature);
  }

  private static SortedMap<Integer, Bytes> measurements(Bytes record) {
    LittleEndianReader reader = new LittleEndianReader(record, "measurement record");
    SortedMap<Integer, Bytes> values = new TreeMap<>();
    while (reader.left() > 0) {
      int index = reader.number("block.index", 1);
      reader.expect("block.specification", 1, 1);
      reader.expect("block.size", 2, BLOCK_BYTES - 4);
      reader.expect("block.value_type", 1, 1);
      reader.expect("block.value_size", 2, MEASUREMENT_BYTES);
      Bytes value = reader.take("block.value", MEASUREMENT_BYTES);
      if (index < 1 || index > MAX_BLOCKS || values.put(index, value) != null) {
        throw new MalformedAnswer("block.index", "must be 1 to 64, each once");
      }
    }
    return values;
  }

  private static Map<Integer, Bytes> opaque(Bytes data) {
    LittleEndianReader reader = new LittleEndianReader(data, "opaque data");
    Map<Integer, Bytes> entries = new TreeMap<>();
    while (reader.left() > 0) {
      int type = reader.number("opaque.type", 2);
      int size = reader.number("opaque.size", 2);
      if (entries.put(type, reader.take("opaque.data", size)) != null) {
        throw new MalformedAnswer("opaque.type", "must not come twice");
      }
    }
    return entries;
  }

  /** The data of an opaque entry. */
  Optional<Bytes> opaque(OpaqueType type) {
    return Optional.ofNullable(opaque.get(type.number()));
  }
}
