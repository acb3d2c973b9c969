package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.client.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate before it is signed (RFC 5280); changed by copy, also into a wrong one.
 *
 * @param subject whose it is
 * @param key the subject's public key
 * @param serial its number
 * @param from the first moment it is valid
 * @param until the last one
 * @param authority whether it may sign certificates
 * @param keyUsage what the key may do, as {@link KeyUsage} counts
 * @param firmware the FWID of a leaf
 */
record CertificateDraft(
    String subject,
    SubjectPublicKeyInfo key,
    Bytes serial,
    Instant from,
    Instant until,
    boolean authority,
    int keyUsage,
    Optional<Bytes> firmware) {
  private static final ASN1ObjectIdentifier FIRMWARE_EXTENSION =
      new ASN1ObjectIdentifier("2.23.133.5.4.1");
  private static final AlgorithmIdentifier ECDSA_WITH_SHA384 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);

  CertificateDraft valid(Instant first, Instant last) {
    return new CertificateDraft(subject, key, serial, first, last, authority, keyUsage, firmware);
  }

  CertificateDraft withoutAuthority() {
    return new CertificateDraft(subject, key, serial, from, until, false, keyUsage, firmware);
  }

  CertificateDraft withKeyUsage(int other) {
    return new CertificateDraft(subject, key, serial, from, until, authority, other, firmware);
  }

  CertificateDraft withFirmware(Optional<Bytes> other) {
    return new CertificateDraft(subject, key, serial, from, until, authority, keyUsage, other);
  }

  /** The DER certificate that {@code issuer} signs with {@code signer}. */
  Bytes signed(String issuer, EmulatedKey signer) {
    V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
    body.setSerialNumber(new ASN1Integer(new BigInteger(1, serial.toArray())));
    body.setSignature(ECDSA_WITH_SHA384);
    body.setIssuer(new X500Name(issuer));
    body.setSubject(new X500Name(subject));
    body.setStartDate(new Time(Date.from(from)));
    body.setEndDate(new Time(Date.from(until)));
    body.setSubjectPublicKeyInfo(key);
    try {
      body.setExtensions(extensions(signer));
      TBSCertificate unsigned = body.generateTBSCertificate();
      Bytes message = Bytes.owning(unsigned.getEncoded(ASN1Encoding.DER));
      DERSequence certificate =
          sequence(unsigned, ECDSA_WITH_SHA384, new DERBitString(signer.signDer(message)));
      return Bytes.owning(certificate.getEncoded(ASN1Encoding.DER));
    } catch (IOException impossible) {
      throw new UncheckedIOException("DER is written to memory", impossible);
    }
  }

  private Extensions extensions(EmulatedKey issuer) throws IOException {
    List<Extension> all = new ArrayList<>();
    if (authority) {
      all.add(Extension.create(Extension.basicConstraints, true, new BasicConstraints(true)));
    }
    all.add(Extension.create(Extension.keyUsage, true, new KeyUsage(keyUsage)));
    if (firmware.isPresent()) {
      DERSequence hash =
          sequence(NISTObjectIdentifiers.id_sha384, new DEROctetString(firmware.get().toArray()));
      all.add(
          Extension.create(
              FIRMWARE_EXTENSION, false, sequence(new ASN1Integer(1), issuer.publicKey(), hash)));
    }
    return new Extensions(all.toArray(Extension[]::new));
  }

  private static DERSequence sequence(ASN1Encodable... elements) {
    ASN1EncodableVector vector = new ASN1EncodableVector();
    vector.addAll(elements);
    return new DERSequence(vector);
  }
}
