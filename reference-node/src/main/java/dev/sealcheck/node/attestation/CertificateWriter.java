package dev.sealcheck.node.attestation;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Writes the X.509 certificates of emulated devices, RFC 5280; every subject says what it is. */
final class CertificateWriter {

  /** Certificate of an authority, and what signs below it. */
  record Issuer(X500Name name, DeviceKey key) {}

  /** TCG DICE certificate profiles: the firmware that runs where the certified key lives. */
  private static final ASN1ObjectIdentifier FWID_EXTENSION =
      new ASN1ObjectIdentifier("2.23.133.5.4.1");

  private static final ASN1ObjectIdentifier SHA384 =
      new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.2");

  private static final AlgorithmIdentifier ECDSA_WITH_SHA384 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);

  /** Fixed, so that a seed gives the same certificates every day; the end of UTCTime's range. */
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2024-01-01T00:00:00Z"));

  private static final Date NOT_AFTER = Date.from(Instant.parse("2049-12-31T23:59:59Z"));

  /** The highest bit must be clear in a positive number of this many bytes. */
  private static final int SERIAL_SIZE_IN_BYTES = 16;

  private CertificateWriter() {}

  /** The name of an emulated authority or device. */
  static X500Name name(String what) {
    return new X500NameBuilder()
        .addRDN(BCStyle.O, "Sealcheck EMULATED, proves nothing")
        .addRDN(BCStyle.CN, "EMULATED " + what)
        .build();
  }

  /** The certificate of an authority, signed by {@code issuer}, which for a root is itself. */
  static Certificate authority(Issuer issuer, Issuer subject) {
    return certificate(
        issuer,
        subject,
        List.of(
            extension(Extension.basicConstraints, true, new BasicConstraints(true)),
            extension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
  }

  /** The certificate of a device that runs the firmware {@code fwid}. */
  static Certificate device(Issuer issuer, Issuer subject, byte[] fwid) {
    SubjectPublicKeyInfo issuerKey = issuer.key().publicKey();
    DERSequence firmware = new DERSequence(SHA384, new DEROctetString(fwid));
    DERSequence identity =
        new DERSequence(new ASN1Encodable[] {new ASN1Integer(1), issuerKey, firmware});
    return certificate(
        issuer,
        subject,
        List.of(
            extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
            extension(FWID_EXTENSION, false, identity)));
  }

  private static Certificate certificate(
      Issuer issuer, Issuer subject, List<Extension> extensions) {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    byte[] serial = subject.key().fingerprint(SERIAL_SIZE_IN_BYTES);
    generator.setSerialNumber(new ASN1Integer(new BigInteger(1, serial).clearBit(127).setBit(0)));
    generator.setSignature(ECDSA_WITH_SHA384);
    generator.setIssuer(issuer.name());
    generator.setStartDate(new Time(NOT_BEFORE));
    generator.setEndDate(new Time(NOT_AFTER));
    generator.setSubject(subject.name());
    generator.setSubjectPublicKeyInfo(subject.key().publicKey());
    generator.setExtensions(new Extensions(extensions.toArray(Extension[]::new)));
    TBSCertificate unsigned = generator.generateTBSCertificate();
    byte[] signature = encoded(issuer.key().signSequence(encoded(unsigned)));
    return Certificate.getInstance(
        new DERSequence(
            new ASN1Encodable[] {unsigned, ECDSA_WITH_SHA384, new DERBitString(signature)}));
  }

  private static Extension extension(
      ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
    return new Extension(type, critical, new DEROctetString(encoded(value)));
  }

  /** The DER bytes. */
  static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException("a value could not be encoded", e);
    }
  }
}
