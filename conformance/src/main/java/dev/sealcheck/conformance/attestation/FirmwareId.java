package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.security.cert.X509Certificate;

/**
 * Reads the hash of the firmware from a leaf: extension 2.23.133.5.4.1, a SEQUENCE of INTEGER 1, a
 * SubjectPublicKeyInfo, and a SEQUENCE of the hash's OID and the hash (docs/ATTESTATION.md section
 * 5).
 */
final class FirmwareId {
  /** The extension's OID: the TCG's composite device identity. */
  static final String EXTENSION = "2.23.133.5.4.1";

  private static final int LENGTH_BYTES = 48;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final Bytes ONE = Bytes.hex("01");

  /** 2.16.840.1.101.3.4.2.2, SHA-384. */
  private static final Bytes SHA_384 = Bytes.hex("608648016503040202");

  private FirmwareId() {}

  /**
   * The 48 bytes.
   *
   * @throws MalformedAnswer if the leaf has no such extension, or one of another form
   */
  static Bytes of(X509Certificate leaf) {
    byte[] value = leaf.getExtensionValue(EXTENSION);
    if (value == null) {
      throw new MalformedAnswer("leaf", "must have the extension " + EXTENSION);
    }
    DerReader outer = new DerReader(Bytes.owning(value));
    DerReader whole = new DerReader(outer.take(OCTET_STRING));
    outer.requireEnd();
    DerReader fields = new DerReader(whole.take(SEQUENCE));
    whole.requireEnd();
    require(fields.take(INTEGER).equals(ONE));
    fields.take(SEQUENCE);
    DerReader firmware = new DerReader(fields.take(SEQUENCE));
    fields.requireEnd();
    require(firmware.take(OBJECT_IDENTIFIER).equals(SHA_384));
    Bytes hash = firmware.take(OCTET_STRING);
    firmware.requireEnd();
    require(hash.length() == LENGTH_BYTES);
    return hash;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new MalformedAnswer("leaf", "must name its firmware by a SHA-384 hash");
    }
  }
}
