package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of a device as they were sent, the leaf first; read strictly, and not yet
 * believed.
 *
 * @param certificates those that could be read before the first that could not
 * @param complete whether all were read, and nothing else was there
 */
record CertificateChain(List<X509Certificate> certificates, boolean complete) {

  /** Six times the size of an emulated chain. */
  private static final int MAX_SIZE_IN_BYTES = 32 * 1024;

  /** Twice what a chain has: enough to say that there are too many. */
  private static final int MAX_CERTIFICATES = 10;

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /** Reads PEM texts that stand one after another with nothing but space between. */
  static CertificateChain read(byte[] pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    if (pem.length > MAX_SIZE_IN_BYTES) {
      return new CertificateChain(certificates, false);
    }
    String rest = new String(pem, StandardCharsets.ISO_8859_1).strip();
    while (!rest.isEmpty() && certificates.size() < MAX_CERTIFICATES) {
      int end = rest.indexOf(END);
      if (!rest.startsWith(BEGIN) || end < 0) {
        return new CertificateChain(certificates, false);
      }
      try {
        certificates.add(certificate(rest.substring(BEGIN.length(), end)));
      } catch (CertificateException e) {
        return new CertificateChain(certificates, false);
      }
      rest = rest.substring(end + END.length()).strip();
    }
    return new CertificateChain(certificates, rest.isEmpty());
  }

  /**
   * The one certificate of a PEM text.
   *
   * @throws MalformedMessageException if it is not exactly one
   */
  static X509Certificate readOne(byte[] pem) throws MalformedMessageException {
    CertificateChain chain = read(pem);
    if (!chain.complete() || chain.certificates().size() != 1) {
      throw new MalformedMessageException("certificate", "must be exactly one in PEM");
    }
    return chain.certificates().get(0);
  }

  /** The certificate of the key that signs reports. */
  Optional<X509Certificate> leaf() {
    return certificates.stream().findFirst();
  }

  private static X509Certificate certificate(String base64) throws CertificateException {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
    } catch (IllegalArgumentException e) {
      throw new CertificateException("a certificate must be base64", e);
    }
    ByteArrayInputStream input = new ByteArrayInputStream(der);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    if (der.length == 0
        || !(factory.generateCertificate(input) instanceof X509Certificate certificate)
        || input.available() > 0) {
      throw new CertificateException("a certificate must be one X.509 structure");
    }
    return certificate;
  }
}
