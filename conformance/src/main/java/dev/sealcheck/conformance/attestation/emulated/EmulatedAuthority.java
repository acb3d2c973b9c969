package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.DeviceKind;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * A root and three authorities below it that are emulated and say so in every name. Whoever trusts
 * this root trusts nothing.
 */
final class EmulatedAuthority {
  /** How many authorities are between the root and a leaf. */
  static final int INTERMEDIATES = 3;

  private static final int SERIAL_BYTES = 8;
  private static final int FIRMWARE_BYTES = 48;
  private static final int ID_BYTES = 8;
  private static final int PEM_LINE_CHARS = 64;
  private static final int MAX_SERIAL_HEAD = 0x7f;

  private final DeviceRandomness randomness;
  private final List<CertificateDraft> drafts;
  private final List<EmulatedKey> keys;

  /** Root first. */
  private final List<Bytes> certificates;

  private EmulatedAuthority(
      DeviceRandomness randomness, List<CertificateDraft> drafts, List<EmulatedKey> keys) {
    this.randomness = randomness;
    this.drafts = List.copyOf(drafts);
    this.keys = List.copyOf(keys);
    List<Bytes> signed = new ArrayList<>();
    for (int level = 0; level < drafts.size(); level++) {
      int issuer = Math.max(0, level - 1);
      signed.add(drafts.get(level).signed(drafts.get(issuer).subject(), keys.get(issuer)));
    }
    this.certificates = List.copyOf(signed);
  }

  /** An authority whose certificates are valid between two moments. */
  static EmulatedAuthority of(DeviceRandomness randomness, Instant from, Instant until) {
    List<CertificateDraft> drafts = new ArrayList<>();
    List<EmulatedKey> keys = new ArrayList<>();
    for (int level = 0; level <= INTERMEDIATES; level++) {
      EmulatedKey key = EmulatedKey.of(randomness, "authority " + level);
      keys.add(key);
      drafts.add(
          new CertificateDraft(
              name(level == 0 ? "EMULATED Root CA" : "EMULATED Authority " + level),
              key.publicKey(),
              serial(randomness, "authority " + level),
              from,
              until,
              true,
              KeyUsage.keyCertSign | KeyUsage.cRLSign,
              Optional.empty()));
    }
    return new EmulatedAuthority(randomness, drafts, keys);
  }

  /**
   * A copy in which one certificate is another; keys and names stay.
   *
   * @param level 0 for the root, 3 for the issuer of leaves
   */
  EmulatedAuthority changed(int level, UnaryOperator<CertificateDraft> change) {
    List<CertificateDraft> changed = new ArrayList<>(drafts);
    changed.set(level, change.apply(changed.get(level)));
    return new EmulatedAuthority(randomness, changed, keys);
  }

  /** A device with a leaf of its own. */
  EmulatedDevice device(DeviceKind kind, int number) {
    return device(kind, number, UnaryOperator.identity());
  }

  /** A device whose leaf went through {@code change} before it was signed. */
  EmulatedDevice device(DeviceKind kind, int number, UnaryOperator<CertificateDraft> change) {
    String purpose = kind.word() + " " + number;
    EmulatedKey key = EmulatedKey.of(randomness, purpose);
    Bytes firmware = randomness.bytes("firmware " + purpose, FIRMWARE_BYTES);
    CertificateDraft issuer = drafts.get(INTERMEDIATES);
    CertificateDraft leaf =
        new CertificateDraft(
            name("EMULATED " + (kind == DeviceKind.GPU ? "GPU " : "Switch ") + number),
            key.publicKey(),
            serial(randomness, purpose),
            issuer.from(),
            issuer.until(),
            false,
            KeyUsage.digitalSignature,
            Optional.of(firmware));
    List<Bytes> chain = new ArrayList<>(certificates);
    chain.add(change.apply(leaf).signed(issuer.subject(), keys.get(INTERMEDIATES)));
    Collections.reverse(chain);
    return new EmulatedDevice(
        kind, key, firmware, randomness.bytes("id " + purpose, ID_BYTES), chain);
  }

  /** The root's certificate as PEM. */
  Bytes rootPem() {
    return pem(certificates.subList(0, 1));
  }

  /** Certificates as PEM (RFC 7468), in their order. */
  static Bytes pem(List<Bytes> certificates) {
    StringBuilder text = new StringBuilder();
    for (Bytes certificate : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n");
      String base64 = Base64Text.encode(certificate);
      for (int at = 0; at < base64.length(); at += PEM_LINE_CHARS) {
        text.append(base64, at, Math.min(base64.length(), at + PEM_LINE_CHARS)).append('\n');
      }
      text.append("-----END CERTIFICATE-----\n");
    }
    return Bytes.utf8(text.toString());
  }

  private static String name(String common) {
    return "CN=" + common + ",O=Sealcheck emulated TEE: proves nothing";
  }

  /** Positive and never zero, so that its DER has as many bytes in every seed. */
  private static Bytes serial(DeviceRandomness randomness, String purpose) {
    byte[] serial = randomness.bytes("serial " + purpose, SERIAL_BYTES).toArray();
    serial[0] = (byte) ((serial[0] & MAX_SERIAL_HEAD) | 0x40);
    return Bytes.owning(serial);
  }
}
