package dev.sealcheck.protocol.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib stream (RFC 1950) in which evidence travels; not inflated until it is asked for. */
public final class CompressedEvidence {

  /** Three times what the largest machine sends; room for real certificates. */
  public static final int MAX_SIZE_IN_BYTES = 512 * 1024;

  /** Where inflating stops: seven times the JSON of the largest machine. */
  public static final int MAX_INFLATED_SIZE_IN_BYTES = 1024 * 1024;

  private static final int CHUNK_SIZE_IN_BYTES = 16 * 1024;
  private static final int MAX_OCTET = 255;

  private final byte[] bytes;

  private CompressedEvidence(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A copy of {@code bytes}, whatever they are.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_SIZE_IN_BYTES}
   */
  public static CompressedEvidence copyOf(byte[] bytes) {
    if (bytes.length > MAX_SIZE_IN_BYTES) {
      throw new IllegalArgumentException(
          "evidence is at most " + MAX_SIZE_IN_BYTES + " bytes, not " + bytes.length);
    }
    return new CompressedEvidence(bytes.clone());
  }

  /** The compressed JSON of {@code evidence}. */
  public static CompressedEvidence of(EvidenceSet evidence) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(evidence.toJson());
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_SIZE_IN_BYTES];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return copyOf(out.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** Parses the array of numbers that stands for the bytes in JSON. */
  static CompressedEvidence parse(String field, JsonNode json) throws MalformedMessageException {
    if (!(json instanceof ArrayNode array) || array.size() > MAX_SIZE_IN_BYTES) {
      throw new MalformedMessageException(
          field, "must be an array of at most " + MAX_SIZE_IN_BYTES + " numbers");
    }
    byte[] bytes = new byte[array.size()];
    for (int i = 0; i < bytes.length; i++) {
      JsonNode octet = array.get(i);
      if (!octet.isInt() || octet.intValue() < 0 || octet.intValue() > MAX_OCTET) {
        throw new MalformedMessageException(field, "must hold integers from 0 to 255");
      }
      bytes[i] = (byte) octet.intValue();
    }
    return new CompressedEvidence(bytes);
  }

  ArrayNode toJson() {
    ArrayNode array = StrictJson.newObject().arrayNode(bytes.length);
    for (byte octet : bytes) {
      array.add(Byte.toUnsignedInt(octet));
    }
    return array;
  }

  /**
   * The JSON inside, not parsed.
   *
   * @throws MalformedMessageException if the bytes are not exactly one zlib stream, or more than
   *     {@link #MAX_INFLATED_SIZE_IN_BYTES} come out of it; no more than that is ever held
   */
  public byte[] inflate() throws MalformedMessageException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_SIZE_IN_BYTES];
      while (!inflater.finished()) {
        int n = inflater.inflate(chunk);
        if (n == 0 && !inflater.finished()) {
          throw notOneStream();
        }
        if (out.size() + n > MAX_INFLATED_SIZE_IN_BYTES) {
          throw new MalformedMessageException(
              "compressed_evidence",
              "must inflate to at most " + MAX_INFLATED_SIZE_IN_BYTES + " bytes");
        }
        out.write(chunk, 0, n);
      }
      if (inflater.getRemaining() != 0) {
        throw notOneStream();
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw notOneStream();
    } finally {
      inflater.end();
    }
  }

  /** How many bytes travel. */
  public int sizeInBytes() {
    return bytes.length;
  }

  /** A copy of the bytes that travel. */
  public byte[] toArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompressedEvidence that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "CompressedEvidence[" + bytes.length + " bytes]";
  }

  private static MalformedMessageException notOneStream() {
    return new MalformedMessageException("compressed_evidence", "must be exactly one zlib stream");
  }
}
