package dev.sealcheck.protocol.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.Fields;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.StrictJson;
import java.util.Arrays;
import java.util.Objects;

/** What one device says: its certificate chain and its signed report, neither of them judged. */
public final class DeviceEvidence {

  private final DeviceKind kind;
  private final byte[] certificates;
  private final byte[] report;

  private DeviceEvidence(DeviceKind kind, byte[] certificates, byte[] report) {
    this.kind = kind;
    this.certificates = certificates;
    this.report = report;
  }

  /**
   * Evidence that owns its arrays.
   *
   * @param certificates PEM texts, the leaf first; nobody may write to them any more
   * @param report the SPDM request and response; nobody may write to it any more
   */
  public static DeviceEvidence owning(DeviceKind kind, byte[] certificates, byte[] report) {
    return new DeviceEvidence(kind, certificates, report);
  }

  static DeviceEvidence parse(JsonNode json) throws MalformedMessageException {
    if (!(json instanceof ObjectNode object)) {
      throw new MalformedMessageException("evidence", "must be an array of objects");
    }
    Fields fields = new Fields(object);
    return new DeviceEvidence(
        DeviceKind.ofWireName(fields.text("evidence_type")),
        fields.base64("certificate"),
        fields.base64("evidence"));
  }

  ObjectNode toJson() {
    ObjectNode json = StrictJson.newObject();
    json.put("evidence_type", kind.wireName());
    json.put("certificate", Base64Text.encode(certificates));
    json.put("evidence", Base64Text.encode(report));
    return json;
  }

  /** What kind of device it says it is. */
  public DeviceKind kind() {
    return kind;
  }

  /** A copy of the PEM texts, the leaf first. */
  public byte[] certificates() {
    return certificates.clone();
  }

  /** A copy of the report: the SPDM request and the response. */
  public byte[] report() {
    return report.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceEvidence that
        && kind == that.kind
        && Arrays.equals(certificates, that.certificates)
        && Arrays.equals(report, that.report);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, Arrays.hashCode(certificates), Arrays.hashCode(report));
  }

  @Override
  public String toString() {
    return "DeviceEvidence["
        + kind
        + ", "
        + certificates.length
        + " bytes of certificates, "
        + report.length
        + " bytes of report]";
  }
}
