package dev.sealcheck.proxy.attestation;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * What makes a chain one that can be believed, docs/ATTESTATION.md: five certificates of P-384, the
 * last of them a pinned root, each valid now and signed by the next; RFC 5280 section 6. Revocation
 * is not asked for.
 */
final class ChainRules {

  private static final int CERTIFICATES = 5;
  private static final String SIGNATURE_ALGORITHM = "SHA384withECDSA";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";

  /** RFC 5280 section 4.2.1.3: places in the array that the JDK gives. */
  private static final int DIGITAL_SIGNATURE = 0;

  private static final int KEY_CERT_SIGN = 5;

  /** FIPS 186-5: the prime of P-384 is 2^384 − 2^128 − 2^96 + 2^32 − 1. */
  private static final BigInteger P384_PRIME =
      BigInteger.TWO
          .pow(384)
          .subtract(BigInteger.TWO.pow(128))
          .subtract(BigInteger.TWO.pow(96))
          .add(BigInteger.TWO.pow(32))
          .subtract(BigInteger.ONE);

  private ChainRules() {}

  /** Whether a chain ends in one of {@code roots} and keeps every rule at {@code now}. */
  static boolean holds(CertificateChain chain, Set<X509Certificate> roots, Instant now) {
    List<X509Certificate> certificates = chain.certificates();
    if (!chain.complete() || certificates.size() != CERTIFICATES) {
      return false;
    }
    X509Certificate root = certificates.get(CERTIFICATES - 1);
    return roots.contains(root)
        && certificates.stream().allMatch(ChainRules::hasTheOneAlgorithm)
        && isDevice(certificates.get(0))
        && certificates.subList(1, CERTIFICATES).stream().allMatch(ChainRules::isAuthority)
        && isSelfSigned(root, now)
        && isPath(certificates.subList(0, CERTIFICATES - 1), root, now);
  }

  /** Whether the certified key is a P-384 key. */
  static boolean isP384(X509Certificate certificate) {
    return certificate.getPublicKey() instanceof ECPublicKey key
        && key.getParams().getCurve().getField() instanceof java.security.spec.ECFieldFp field
        && field.getP().equals(P384_PRIME);
  }

  private static boolean hasTheOneAlgorithm(X509Certificate certificate) {
    return isP384(certificate) && certificate.getSigAlgName().equals(SIGNATURE_ALGORITHM);
  }

  private static boolean isDevice(X509Certificate certificate) {
    return certificate.getBasicConstraints() < 0 && isFor(certificate, DIGITAL_SIGNATURE);
  }

  private static boolean isAuthority(X509Certificate certificate) {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    return certificate.getBasicConstraints() >= 0
        && critical != null
        && critical.contains(BASIC_CONSTRAINTS)
        && isFor(certificate, KEY_CERT_SIGN);
  }

  private static boolean isFor(X509Certificate certificate, int use) {
    boolean[] uses = certificate.getKeyUsage();
    return uses != null && uses.length > use && uses[use];
  }

  private static boolean isSelfSigned(X509Certificate root, Instant now) {
    try {
      // The path's validation leaves its anchor alone, also where that has expired.
      root.checkValidity(Date.from(now));
      root.verify(root.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isPath(List<X509Certificate> path, X509Certificate root, Instant now) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
