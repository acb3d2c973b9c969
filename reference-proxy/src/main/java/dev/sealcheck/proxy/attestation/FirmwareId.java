package dev.sealcheck.proxy.attestation;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** The hash of the firmware that a leaf certifies; TCG DICE certificate profiles. */
final class FirmwareId {

  private static final String EXTENSION = "2.23.133.5.4.1";
  private static final ASN1ObjectIdentifier SHA384 =
      new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.2");
  private static final int SIZE_IN_BYTES = 48;
  private static final int PARTS = 3;

  private FirmwareId() {}

  /** The 48 bytes; empty where the leaf has no such extension, or one of another form. */
  static Optional<byte[]> of(X509Certificate leaf) {
    byte[] extension = leaf.getExtensionValue(EXTENSION);
    if (extension == null) {
      return Optional.empty();
    }
    try {
      byte[] wrapped = ASN1OctetString.getInstance(extension).getOctets();
      if (ASN1Primitive.fromByteArray(wrapped) instanceof ASN1Sequence identity
          && identity.size() == PARTS
          && identity.getObjectAt(0) instanceof ASN1Integer version
          && version.hasValue(1)
          && identity.getObjectAt(1) instanceof ASN1Sequence
          && identity.getObjectAt(2) instanceof ASN1Sequence firmware
          && firmware.size() == 2
          && firmware.getObjectAt(0).equals(SHA384)
          && firmware.getObjectAt(1) instanceof ASN1OctetString hash
          && hash.getOctetsLength() == SIZE_IN_BYTES) {
        return Optional.of(hash.getOctets());
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // No ASN.1 of this form, so no hash.
      return Optional.empty();
    }
  }
}
