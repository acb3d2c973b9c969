package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The certificates of a PEM text (RFC 7468), as far as they can be read: a leaf before a broken
 * certificate still has a key.
 *
 * @param certificates those read, in their order
 * @param problem what stopped the reading; empty where nothing did
 */
record ChainReading(List<X509Certificate> certificates, Optional<String> problem) {
  private static final int MAX_TEXT_BYTES = 64 << 10;
  private static final int MAX_CERTIFICATES = 8;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  ChainReading {
    certificates = List.copyOf(certificates);
  }

  /** Reads what can be read. */
  static ChainReading of(Bytes pem) {
    List<X509Certificate> read = new ArrayList<>();
    try {
      for (Bytes der : split(pem)) {
        read.add(certificate(der));
      }
      return new ChainReading(read, Optional.empty());
    } catch (MalformedAnswer broken) {
      return new ChainReading(read, Optional.of(broken.getMessage()));
    }
  }

  /** The certificate of the device. */
  Optional<X509Certificate> leaf() {
    return certificates.stream().findFirst();
  }

  private static List<Bytes> split(Bytes pem) {
    if (pem.length() > MAX_TEXT_BYTES) {
      throw new MalformedAnswer("certificate", "must have at most " + MAX_TEXT_BYTES + " bytes");
    }
    List<Bytes> all = new ArrayList<>();
    StringBuilder base64 = null;
    String text = new String(pem.toArray(), StandardCharsets.ISO_8859_1);
    for (String line : text.split("\r?\n", -1)) {
      if (line.equals(BEGIN) && base64 == null && all.size() < MAX_CERTIFICATES) {
        base64 = new StringBuilder();
      } else if (line.equals(END) && base64 != null) {
        all.add(Base64Text.decode("certificate", base64.toString()));
        base64 = null;
      } else if (base64 != null) {
        base64.append(line);
      } else if (!line.isEmpty()) {
        throw new MalformedAnswer("certificate", "must be PEM, at most 8 certificates");
      }
    }
    if (base64 != null) {
      throw new MalformedAnswer("certificate", "must end each certificate");
    }
    return all;
  }

  private static X509Certificate certificate(Bytes der) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509").generateCertificate(der.stream());
      // The factory takes a longer encoding, and PEM inside PEM.
      if (!Bytes.owning(certificate.getEncoded()).equals(der)) {
        throw new MalformedAnswer("certificate", "must be one DER certificate");
      }
      return certificate;
    } catch (CertificateException broken) {
      throw new MalformedAnswer("certificate", "must be an X.509 certificate");
    }
  }
}
