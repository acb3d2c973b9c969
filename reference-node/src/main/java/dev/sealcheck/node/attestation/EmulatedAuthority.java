package dev.sealcheck.node.attestation;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * A self-made root with two authorities below it that certify emulated devices. Nobody has a reason
 * to trust it; a verifier takes its root only where it is told to, insecurely.
 */
public final class EmulatedAuthority {

  /** What a device is issued: its key, and the PEM texts of its chain, the leaf first. */
  record Issued(DeviceKey key, String chain) {}

  /** RFC 7468 section 2. */
  private static final int PEM_LINE_LENGTH = 64;

  private final Function<String, DeviceKey> keys;
  private final CertificateWriter.Issuer model;
  private final List<Certificate> upper;

  private EmulatedAuthority(Function<String, DeviceKey> keys) {
    this.keys = keys;
    CertificateWriter.Issuer root = issuer("root CA");
    CertificateWriter.Issuer product = issuer("product CA");
    this.model = issuer("model CA");
    this.upper =
        List.of(
            CertificateWriter.authority(product, model),
            CertificateWriter.authority(root, product),
            CertificateWriter.authority(root, root));
  }

  /** An authority with keys that nobody has had before. */
  public static EmulatedAuthority fresh(SecureRandom random) {
    return new EmulatedAuthority(DeviceKey.fresh(random));
  }

  /**
   * The authority of a seed: everything but the responder's nonces is the same every time, and
   * whoever knows the seed can make evidence.
   */
  public static EmulatedAuthority ofInsecureSeed(byte[] seed) {
    return new EmulatedAuthority(DeviceKey.ofInsecureSeed(seed));
  }

  /** The root's certificate as one PEM text, for verifiers that are told to take it. */
  public String rootPem() {
    return pem(List.of(upper.get(upper.size() - 1)));
  }

  /** Certifies a device by an identity of its own, which certifies the key that signs reports. */
  Issued issue(String device, byte[] fwid) {
    CertificateWriter.Issuer identity = issuer(device + " identity");
    CertificateWriter.Issuer leaf = issuer(device + " attestation key");
    List<Certificate> lower =
        List.of(
            CertificateWriter.device(identity, leaf, fwid),
            CertificateWriter.authority(model, identity));
    return new Issued(leaf.key(), pem(lower) + pem(upper));
  }

  private CertificateWriter.Issuer issuer(String name) {
    return new CertificateWriter.Issuer(CertificateWriter.name(name), keys.apply(name));
  }

  private static String pem(List<Certificate> certificates) {
    Base64.Encoder lines =
        Base64.getMimeEncoder(PEM_LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(lines.encodeToString(CertificateWriter.encoded(certificate)))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString();
  }
}
