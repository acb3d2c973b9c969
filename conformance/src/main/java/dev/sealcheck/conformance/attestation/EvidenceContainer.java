package dev.sealcheck.conformance.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Opens what carries the evidence: a zlib stream (RFC 1950) with a JSON array of entries. */
final class EvidenceContainer {
  /** The longest stream that is taken; twelve devices need about 80 KiB. */
  static final int MAX_COMPRESSED_BYTES = 512 << 10;

  /** Where inflating stops; twelve devices need about 150 KiB. */
  static final int MAX_INFLATED_BYTES = 1 << 20;

  /** The most entries that are looked at; a machine has twelve devices. */
  static final int MAX_ENTRIES = 64;

  private static final int STEP_BYTES = 16 << 10;
  private static final String FIELD = "compressed_evidence";

  private EvidenceContainer() {}

  /**
   * The entries, in their order.
   *
   * @throws MalformedAnswer if the stream is broken, goes on behind its end or inflates to more
   *     than the cap, or if what is in it is no such array
   */
  static List<EvidenceEntry> open(Bytes compressed) {
    JsonNode array = StrictJson.parse(inflate(compressed));
    if (!array.isArray() || array.size() > MAX_ENTRIES) {
      throw new MalformedAnswer(FIELD, "must hold an array of at most " + MAX_ENTRIES + " entries");
    }
    List<EvidenceEntry> entries = new ArrayList<>();
    array.forEach(entry -> entries.add(entry(entry)));
    return entries;
  }

  private static Bytes inflate(Bytes compressed) {
    if (compressed.length() > MAX_COMPRESSED_BYTES) {
      throw new MalformedAnswer(FIELD, "must have at most " + MAX_COMPRESSED_BYTES + " bytes");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed.toArray());
      Bytes inflated = drain(inflater);
      if (inflater.getRemaining() > 0) {
        throw new MalformedAnswer(FIELD, "must end where its zlib stream ends");
      }
      return inflated;
    } catch (DataFormatException broken) {
      throw new MalformedAnswer(FIELD, "must be a zlib stream");
    } finally {
      inflater.end();
    }
  }

  private static Bytes drain(Inflater inflater) throws DataFormatException {
    ByteArrayOutputStream inflated = new ByteArrayOutputStream();
    byte[] step = new byte[STEP_BYTES];
    while (!inflater.finished()) {
      int made = inflater.inflate(step);
      if (made == 0 && !inflater.finished()) {
        // It waits for input or for a dictionary, and there is neither.
        throw new MalformedAnswer(FIELD, "must be a whole zlib stream without a dictionary");
      }
      inflated.write(step, 0, made);
      if (inflated.size() > MAX_INFLATED_BYTES) {
        throw new MalformedAnswer(FIELD, "must inflate to at most " + MAX_INFLATED_BYTES);
      }
    }
    return Bytes.owning(inflated.toByteArray());
  }

  private static EvidenceEntry entry(JsonNode entry) {
    DeviceKind kind =
        DeviceKind.ofEvidenceType(text(entry, "evidence_type"))
            .orElseThrow(() -> new MalformedAnswer("evidence_type", "must be device or nvswitch"));
    return new EvidenceEntry(
        kind,
        Base64Text.decode("certificate", text(entry, "certificate")),
        Base64Text.decode("evidence", text(entry, "evidence")));
  }

  private static String text(JsonNode entry, String field) {
    JsonNode value = entry.path(field);
    if (!value.isTextual()) {
      throw new MalformedAnswer(field, "must be a text in every entry");
    }
    return value.textValue();
  }
}
