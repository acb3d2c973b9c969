package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.DeviceKind;
import dev.sealcheck.conformance.attestation.EvidenceEntry;
import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.client.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Chains that are wrong around a report that is right. */
final class ChainCases {
  private static final Instant LONG_AGO = Instant.parse("2019-01-01T00:00:00Z");
  private static final Instant YEARS_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant FAR_AHEAD = Instant.parse("9998-01-01T00:00:00Z");
  private static final Instant FARTHER_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

  private ChainCases() {}

  static List<EvidenceCase> all() {
    return List.of(
        new EvidenceCase(
            "foreign-root",
            "All five certificates are of another authority with the same names: whoever compares"
                + " names, or takes the chain's own root, trusts it.",
            Wrong.CHAIN,
            setting -> {
              EmulatedMachine foreign = setting.foreign();
              return Exhibit.of(setting, foreign.evidence(setting.binding().gpuNonce()).entries());
            }),
        shown(
            "foreign-chain-with-right-root",
            "A foreign chain with the right root put in the place of its own: its last link does"
                + " not hold.",
            Wrong.LEAF,
            (setting, chain) -> {
              List<Bytes> mixed = new ArrayList<>(setting.foreign().gpus().get(0).chain());
              mixed.set(4, chain.get(4));
              return mixed;
            }),
        shown(
            "four-certificates-without-root",
            "The root is left out.",
            Wrong.CHAIN,
            (setting, chain) -> chain.subList(0, 4)),
        shown(
            "four-certificates-with-gap",
            "An authority in the middle is left out.",
            Wrong.CHAIN,
            (setting, chain) -> List.of(chain.get(0), chain.get(1), chain.get(3), chain.get(4))),
        shown(
            "six-certificates",
            "The root stands there twice; every link holds.",
            Wrong.CHAIN,
            (setting, chain) -> {
              List<Bytes> six = new ArrayList<>(chain);
              six.add(chain.get(4));
              return six;
            }),
        shown(
            "no-certificates",
            "There is no certificate at all.",
            Wrong.LEAF,
            (setting, chain) -> List.of()),
        shown(
            "chain-upside-down",
            "The root comes first: whoever takes the first for the leaf checks with its key.",
            Wrong.LEAF,
            (setting, chain) -> {
              List<Bytes> reversed = new ArrayList<>(chain);
              Collections.reverse(reversed);
              return reversed;
            }),
        shown(
            "two-authorities-swapped",
            "Two authorities in the middle have changed places.",
            Wrong.CHAIN,
            (setting, chain) -> {
              List<Bytes> swapped = new ArrayList<>(chain);
              Collections.swap(swapped, 2, 3);
              return swapped;
            }),
        flipped("leaf", 0),
        flipped("middle-authority", 2),
        flipped("root", 4),
        leaf(
            "expired-leaf",
            "The leaf is no longer valid.",
            Wrong.CHAIN,
            draft -> draft.valid(LONG_AGO, YEARS_AGO)),
        leaf(
            "leaf-of-the-future",
            "The leaf is not valid yet.",
            Wrong.CHAIN,
            draft -> draft.valid(FAR_AHEAD, FARTHER_AHEAD)),
        authority(
            "expired-authority",
            "An authority in the middle is no longer valid.",
            draft -> draft.valid(LONG_AGO, YEARS_AGO)),
        authority(
            "authority-without-ca",
            "A certificate that is no authority has signed another.",
            CertificateDraft::withoutAuthority),
        authority(
            "authority-without-key-cert-sign",
            "An authority's key is not for signing certificates.",
            draft -> draft.withKeyUsage(KeyUsage.digitalSignature)),
        leaf(
            "leaf-without-digital-signature",
            "The leaf's key is not for signing reports.",
            Wrong.CHAIN,
            draft -> draft.withKeyUsage(KeyUsage.keyAgreement)),
        leaf(
            "wrong-fwid",
            "The leaf was issued for other firmware than the report names.",
            Wrong.FIRMWARE,
            draft -> draft.withFirmware(draft.firmware().map(firmware -> firmware.flippedBit(0)))),
        leaf(
            "leaf-without-fwid",
            "The leaf names no firmware: nothing is not the same as equal.",
            Wrong.FIRMWARE,
            draft -> draft.withFirmware(Optional.empty())),
        FormCases.signed(
            "report-without-fwid",
            "The report of a GPU names no firmware.",
            Wrong.FIRMWARE,
            report -> report.withoutOpaque(OpaqueType.FWID)),
        FormCases.signed(
            "empty-fwid",
            "The report's FWID has no bytes: a prefix of everything.",
            Wrong.FIRMWARE,
            report -> report.withOpaque(OpaqueType.FWID, Bytes.empty())));
  }

  /** What certificates to show in the place of the good ones, leaf first. */
  private interface Showing {
    List<Bytes> chain(CaseSetting setting, List<Bytes> good);
  }

  private static EvidenceCase shown(
      String name, String comment, Set<String> wrong, Showing showing) {
    return new EvidenceCase(
        name,
        comment,
        wrong,
        setting ->
            setting.alone(
                (gpu, report) ->
                    gpu.withChain(showing.chain(setting, gpu.chain())).entry(gpu.signed(report))));
  }

  /** A bit near the end of a certificate: in the s of its signature. */
  private static EvidenceCase flipped(String whose, int place) {
    return shown(
        "flipped-certificate-" + whose,
        "One bit of the certificate's signature is turned over.",
        Wrong.CHAIN,
        (setting, chain) -> {
          List<Bytes> changed = new ArrayList<>(chain);
          Bytes certificate = chain.get(place);
          changed.set(place, certificate.flippedBit(8 * (certificate.length() - 1)));
          return changed;
        });
  }

  private static EvidenceCase leaf(
      String name, String comment, Set<String> wrong, UnaryOperator<CertificateDraft> change) {
    return new EvidenceCase(
        name, comment, wrong, setting -> issued(setting, setting.single().authority(), change));
  }

  /** The authority between the first and the last of the three is another. */
  private static EvidenceCase authority(
      String name, String comment, UnaryOperator<CertificateDraft> change) {
    return new EvidenceCase(
        name,
        comment,
        Wrong.CHAIN,
        setting ->
            issued(
                setting,
                setting.single().authority().changed(2, change),
                UnaryOperator.identity()));
  }

  private static Exhibit issued(
      CaseSetting setting, EmulatedAuthority authority, UnaryOperator<CertificateDraft> leaf) {
    EmulatedDevice device = authority.device(DeviceKind.GPU, 1, leaf);
    Bytes nonce = setting.binding().gpuNonce();
    EvidenceEntry entry = device.entry(device.signed(setting.single().report(device, nonce)));
    return Exhibit.of(setting, List.of(entry));
  }
}
