package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.GpuNonce;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A device of the tests' own authority that can be wrong on purpose, one thing at a time; the bytes
 * are written from docs/ATTESTATION.md, and by nothing that the verifier reads with.
 */
public final class ForgedDevice {

  static final int VBIOS = 6;
  static final int DRIVER = 3;
  static final int FWID = 20;
  static final int PROTECTED_PCIE = 21;
  static final int IDS = 22;
  static final int GPU_IDS = 26;
  static final int FEATURE = 36;

  /** A day on which the certificates are valid. */
  public static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  /** An opaque entry. */
  record Entry(int type, List<Byte> data) {
    static Entry of(int type, byte[] data) {
      List<Byte> bytes = new ArrayList<>();
      for (byte one : data) {
        bytes.add(one);
      }
      return new Entry(type, bytes);
    }

    byte[] bytes() {
      byte[] bytes = new byte[data.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = data.get(i);
      }
      return bytes;
    }
  }

  /** An authority or device: its key, and its certificate in DER. */
  static final class Party {
    final String name;
    final KeyPair keys;
    byte[] certificate;

    Party(String name) {
      this.name = name;
      this.keys = p384();
    }
  }

  /** Everything of a report that can be made wrong. */
  static final class Draft {
    byte[] nonce;
    byte[] responderNonce = new byte[32];
    int specification = 1;
    int blocks = 64;
    int recordLength = 3520;
    int opaqueLengthOffset;
    final byte[][] measurements = new byte[64][48];
    final List<Entry> opaque = new ArrayList<>();
  }

  final List<Party> upper = new ArrayList<>();
  private final Party leaf = new Party("leaf");
  private final byte[] fwid = new byte[48];
  private final DeviceKind kind;
  private final List<Entry> ids;

  /** A device under a root of its own. */
  public static ForgedDevice alone() {
    return new ForgedDevice(DeviceKind.GPU, rootAnd(), List.of());
  }

  /** Another device under the same root. */
  ForgedDevice sibling(DeviceKind kind, List<Entry> ids) {
    return new ForgedDevice(kind, upper.subList(1, upper.size()), ids);
  }

  private ForgedDevice(DeviceKind kind, List<Party> above, List<Entry> ids) {
    this.kind = kind;
    this.ids = ids;
    Arrays.fill(fwid, (byte) 0x77);
    Party identity = new Party("identity");
    identity.certificate = authority(identity, above.get(0), START, END);
    upper.add(identity);
    upper.addAll(above);
    leaf.certificate = leaf(fwid, START, END);
  }

  private static List<Party> rootAnd() {
    Party root = new Party("root");
    root.certificate = authority(root, root, START, END);
    Party product = new Party("product");
    product.certificate = authority(product, root, START, END);
    Party model = new Party("model");
    model.certificate = authority(model, product, START, END);
    return List.of(model, product, root);
  }

  /** Whether a chain that was read holds exactly these certificates. */
  static boolean alike(CertificateChain chain, List<byte[]> certificates) {
    if (!chain.complete() || chain.certificates().size() != certificates.size()) {
      return false;
    }
    for (int i = 0; i < certificates.size(); i++) {
      try {
        if (!Arrays.equals(chain.certificates().get(i).getEncoded(), certificates.get(i))) {
          return false;
        }
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
    return true;
  }

  /** The root in PEM. */
  public byte[] rootPem() {
    return pem(List.of(upper.get(upper.size() - 1).certificate));
  }

  /** The five certificates in DER, the leaf first. */
  List<byte[]> chain() {
    List<byte[]> chain = new ArrayList<>();
    chain.add(leaf.certificate);
    upper.forEach(party -> chain.add(party.certificate));
    return chain;
  }

  byte[] leaf(byte[] firmware, Instant start, Instant end) {
    ASN1ObjectIdentifier sha384 = new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.2");
    return certificate(
        leaf,
        upper.get(0),
        start,
        end,
        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
        extension(
            new ASN1ObjectIdentifier("2.23.133.5.4.1"),
            false,
            new DERSequence(
                new ASN1Encodable[] {
                  new ASN1Integer(1),
                  SubjectPublicKeyInfo.getInstance(upper.get(0).keys.getPublic().getEncoded()),
                  new DERSequence(sha384, new DEROctetString(firmware))
                })));
  }

  static byte[] authority(Party subject, Party issuer, Instant start, Instant end) {
    return certificate(
        subject,
        issuer,
        start,
        end,
        extension(Extension.basicConstraints, true, new BasicConstraints(true)),
        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
  }

  /** Good evidence. */
  public DeviceEvidence evidence(GpuNonce nonce) {
    return evidence(nonce, draft -> {}, UnaryOperator.identity());
  }

  /** Evidence whose report was changed before it was signed: as a draft, then as bytes. */
  DeviceEvidence evidence(GpuNonce nonce, Consumer<Draft> change, UnaryOperator<byte[]> bytes) {
    return with(chain(), report(nonce, change, bytes));
  }

  DeviceEvidence with(List<byte[]> chain, byte[] report) {
    return DeviceEvidence.owning(kind, pem(chain), report);
  }

  byte[] report(GpuNonce nonce, Consumer<Draft> change, UnaryOperator<byte[]> bytes) {
    Draft draft = draft(nonce);
    change.accept(draft);
    byte[] unsigned = bytes.apply(assemble(draft));
    return concat(unsigned, sign("SHA384withECDSAinP1363Format", leaf.keys, unsigned));
  }

  private Draft draft(GpuNonce nonce) {
    Draft draft = new Draft();
    draft.nonce = nonce.toArray();
    Arrays.fill(draft.responderNonce, (byte) 0x33);
    Arrays.fill(draft.measurements[0], (byte) 0x11);
    Arrays.fill(draft.measurements[9], (byte) 0x22);
    draft.opaque.add(Entry.of(VBIOS, new byte[] {0, (byte) 0x9f, 0, (byte) 0x96, 1, 0, 0, 0}));
    if (kind == DeviceKind.GPU) {
      draft.opaque.add(Entry.of(DRIVER, "550.90.07\0".getBytes(StandardCharsets.US_ASCII)));
      draft.opaque.add(Entry.of(FWID, fwid));
      draft.opaque.add(Entry.of(PROTECTED_PCIE, new byte[] {(byte) (ids.isEmpty() ? 0x55 : 0xaa)}));
    }
    draft.opaque.addAll(ids);
    return draft;
  }

  /** The allow-list that fits these devices. */
  public static byte[] allowList() {
    return ("{\"driver\":\"550.90.07\",\"vbios\":\"96.00.9f.00.01\",\"measurements\":{\"1\":[\""
            + "11".repeat(48)
            + "\"],\"10\":[\""
            + "99".repeat(48)
            + "\",\""
            + "22".repeat(48)
            + "\"]}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] assemble(Draft draft) {
    ByteArrayOutputStream opaque = new ByteArrayOutputStream();
    for (Entry entry : draft.opaque) {
      opaque.writeBytes(le16(entry.type()));
      opaque.writeBytes(le16(entry.data().size()));
      opaque.writeBytes(entry.bytes());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x11, (byte) 0xe0, 1, (byte) 0xff});
    out.writeBytes(draft.nonce);
    out.writeBytes(new byte[] {0, 0x11, 0x60, 0, 0, (byte) draft.blocks});
    out.writeBytes(le16(draft.recordLength & 0xffff));
    out.write(draft.recordLength >> 16);
    for (int i = 0; i < draft.measurements.length; i++) {
      out.writeBytes(new byte[] {(byte) (i + 1), (byte) draft.specification, 51, 0, 1, 48, 0});
      out.writeBytes(draft.measurements[i]);
    }
    out.writeBytes(draft.responderNonce);
    out.writeBytes(le16(opaque.size() + draft.opaqueLengthOffset));
    out.writeBytes(opaque.toByteArray());
    return out.toByteArray();
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] le16(int value) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) value).array();
  }

  static byte[] pem(List<byte[]> certificates) {
    StringBuilder text = new StringBuilder();
    for (byte[] der : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] certificate(
      Party subject, Party issuer, Instant start, Instant end, Extension... extensions) {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.TEN));
    generator.setSignature(algorithm);
    generator.setIssuer(new X500Name("CN=EMULATED test " + issuer.name));
    generator.setSubject(new X500Name("CN=EMULATED test " + subject.name));
    generator.setStartDate(new Time(Date.from(start)));
    generator.setEndDate(new Time(Date.from(end)));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(subject.keys.getPublic().getEncoded()));
    generator.setExtensions(new Extensions(extensions));
    try {
      ASN1Sequence unsigned =
          ASN1Sequence.getInstance(generator.generateTBSCertificate().toASN1Primitive());
      byte[] signature = sign("SHA384withECDSA", issuer.keys, unsigned.getEncoded("DER"));
      return new DERSequence(new ASN1Encodable[] {unsigned, algorithm, new DERBitString(signature)})
          .getEncoded("DER");
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Extension extension(
      ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
    try {
      return new Extension(
          type, critical, new DEROctetString(value.toASN1Primitive().getEncoded("DER")));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair p384() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sign(String algorithm, KeyPair keys, byte[] message) {
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(keys.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
