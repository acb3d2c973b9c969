package dev.sealcheck.conformance.attestation;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** What the certificates of a device must be (docs/ATTESTATION.md section 5). */
final class ChainRules {
  /** Leaf, three authorities, root. */
  static final int CERTIFICATES = 5;

  private static final String ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final int DIGITAL_SIGNATURE_BIT = 0;
  private static final int KEY_CERT_SIGN_BIT = 5;

  private ChainRules() {}

  /**
   * Does nothing where the chain ends in {@code root} and is valid at {@code moment}. Revocation is
   * not asked.
   *
   * @throws GeneralSecurityException with the rule that is broken
   */
  static void require(List<X509Certificate> chain, TrustedRoot root, Instant moment)
      throws GeneralSecurityException {
    if (chain.size() != CERTIFICATES) {
      throw new CertificateException(chain.size() + " certificates, exactly five are needed");
    }
    X509Certificate last = chain.get(CERTIFICATES - 1);
    if (!last.equals(root.certificate())) {
      throw new CertificateException("the last certificate is not the root that was named");
    }
    requireLeaf(chain.get(0));
    for (X509Certificate authority : chain.subList(1, CERTIFICATES)) {
      requireAuthority(authority);
    }
    // A path validator takes the anchor as it is, its dates too.
    last.checkValidity(Date.from(moment));
    requirePath(chain.subList(0, CERTIFICATES - 1), last, moment);
  }

  private static void requirePath(
      List<X509Certificate> path, X509Certificate anchor, Instant moment)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(moment));
    CertPath whole = CertificateFactory.getInstance("X.509").generateCertPath(path);
    try {
      CertPathValidator.getInstance("PKIX").validate(whole, parameters);
    } catch (CertPathValidatorException broken) {
      throw new CertificateException(
          "certificate " + (broken.getIndex() + 1) + ": " + broken.getReason(), broken);
    }
  }

  private static void requireLeaf(X509Certificate leaf) throws GeneralSecurityException {
    requireAlgorithms(leaf);
    boolean[] usage = leaf.getKeyUsage();
    if (usage == null || !usage[DIGITAL_SIGNATURE_BIT] || leaf.getBasicConstraints() >= 0) {
      throw new CertificateException("the leaf must be for digital signatures and no authority");
    }
  }

  /**
   * Does nothing for an authority's certificate with a P-384 key.
   *
   * @throws GeneralSecurityException with the rule that is broken
   */
  static void requireAuthority(X509Certificate authority) throws GeneralSecurityException {
    requireAlgorithms(authority);
    boolean[] usage = authority.getKeyUsage();
    Set<String> critical = authority.getCriticalExtensionOIDs();
    if (usage == null
        || !usage[KEY_CERT_SIGN_BIT]
        || authority.getBasicConstraints() < 0
        || critical == null
        || !critical.contains(BASIC_CONSTRAINTS)) {
      throw new CertificateException(
          "an authority must be one critically and be for signing certificates");
    }
  }

  private static void requireAlgorithms(X509Certificate certificate)
      throws GeneralSecurityException {
    if (!certificate.getSigAlgOID().equals(ECDSA_WITH_SHA384) || !isP384(certificate)) {
      throw new CertificateException("every certificate must be P-384 with ECDSA and SHA-384");
    }
  }

  /** Whether the certificate's key is a P-384 key. */
  static boolean isP384(X509Certificate certificate) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp384r1"));
    ECParameterSpec p384 = curve.getParameterSpec(ECParameterSpec.class);
    return certificate.getPublicKey() instanceof ECPublicKey key
        && key.getParams().getCurve().equals(p384.getCurve())
        && key.getParams().getGenerator().equals(p384.getGenerator());
  }
}
