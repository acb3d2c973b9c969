package dev.sealcheck.conformance.attestation.emulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/**
 * The evidence of a machine before it travels (docs/ATTESTATION.md section 6).
 *
 * @param entries one for each device, GPUs first
 */
public record EmulatedEvidence(List<EvidenceEntry> entries) {
  private static final int STEP_BYTES = 16 << 10;

  /** Copies the list. */
  public EmulatedEvidence {
    entries = List.copyOf(entries);
  }

  /** The compact JSON array. */
  public Bytes json() {
    ArrayNode array = StrictJson.object().putArray("entries");
    for (EvidenceEntry entry : entries) {
      ObjectNode one = array.addObject();
      one.put("evidence_type", entry.kind().evidenceType());
      one.put("certificate", Base64Text.encode(entry.certificates()));
      one.put("evidence", Base64Text.encode(entry.report()));
    }
    return StrictJson.write(array);
  }

  /** The zlib stream to put. */
  public Bytes compressed() {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(json().toArray());
      deflater.finish();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      byte[] step = new byte[STEP_BYTES];
      while (!deflater.finished()) {
        stream.write(step, 0, deflater.deflate(step));
      }
      return Bytes.owning(stream.toByteArray());
    } finally {
      deflater.end();
    }
  }
}
