package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * The one root that a chain may end in, named by whoever verifies. An emulated root says so in its
 * subject, and is taken only by the entry point whose name says what that is worth.
 */
public final class TrustedRoot {
  private final X509Certificate certificate;
  private final boolean emulated;

  private TrustedRoot(X509Certificate certificate, boolean emulated) {
    this.certificate = certificate;
    this.emulated = emulated;
  }

  /**
   * A vendor's root.
   *
   * @param pem one certificate
   * @throws IllegalArgumentException if it is no self-signed P-384 certificate, or an emulated one
   */
  public static TrustedRoot named(Bytes pem) {
    X509Certificate root = read(pem);
    if (isEmulated(root)) {
      throw new IllegalArgumentException(
          "this root is emulated, which proves nothing outside a test: to take it all the same,"
              + " name it as an insecure emulated root");
    }
    return new TrustedRoot(root, false);
  }

  /**
   * The root of an emulated authority, for tests: what ends in it proves nothing.
   *
   * @param pem one certificate
   * @throws IllegalArgumentException if it is no self-signed P-384 certificate, or does not say
   *     that it is emulated
   */
  public static TrustedRoot insecureEmulated(Bytes pem) {
    X509Certificate root = read(pem);
    if (!isEmulated(root)) {
      throw new IllegalArgumentException(
          "this root does not call itself emulated: name it as it is");
    }
    return new TrustedRoot(root, true);
  }

  /** Whether what ends in this root proves nothing. */
  public boolean emulated() {
    return emulated;
  }

  /** Whose it is, as its subject says. */
  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Whether the subject says that the certificate belongs to an emulated authority. */
  static boolean isEmulated(X509Certificate certificate) {
    return certificate
        .getSubjectX500Principal()
        .getName()
        .toLowerCase(Locale.ROOT)
        .contains("emulated");
  }

  private static X509Certificate read(Bytes pem) {
    try {
      ChainReading reading = ChainReading.of(pem);
      if (reading.certificates().size() != 1 || reading.problem().isPresent()) {
        throw new IllegalArgumentException("a root is one certificate in PEM");
      }
      X509Certificate root = reading.certificates().get(0);
      ChainRules.requireAuthority(root);
      root.verify(root.getPublicKey());
      return root;
    } catch (GeneralSecurityException | MalformedAnswer unusable) {
      throw new IllegalArgumentException(
          "a root is a self-signed P-384 authority's certificate", unusable);
    }
  }
}
