package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges one device, every claim by itself. What would be read from a report that does not parse is
 * false.
 */
final class DeviceJudge {
  private static final String UNPARSED = "the report does not parse";
  private static final String NO_LEAF = "there is no leaf that can be read";
  private static final String NO_LIST = "no allow-list was named";
  private static final String UNREADABLE = "?";

  private final Optional<ChainMemory> chains;
  private final Optional<AllowList> allowed;

  DeviceJudge(Optional<ChainMemory> chains, Optional<AllowList> allowed) {
    this.chains = chains;
    this.allowed = allowed;
  }

  /** All claims and facts of {@code device}. */
  DeviceAppraisal judge(ReadDevice device, Optional<KeyBinding> binding, Instant moment) {
    DeviceKind kind = device.entry().kind();
    List<Claim> claims = new ArrayList<>();
    claims.add(
        Claim.of(
            kind.claim("attestation-report-parsed"),
            device.report().isPresent(),
            device.problem()));
    claims.add(chain(kind.claim("attestation-report-cert-chain"), device, moment));
    claims.add(firmware(kind.claim("attestation-report-cert-chain-fwid-match"), device));
    claims.add(nonce(kind.claim("attestation-report-nonce-match"), device, binding));
    claims.add(signature(kind.claim("attestation-report-signature-verified"), device));
    claims.addAll(versions(device));
    claims.addAll(measurements(device));
    claims.add(Claim.skipped("x-nvidia-cert-ocsp-status", "revocation is not asked for"));
    return new DeviceAppraisal(kind, claims, facts(device));
  }

  private Claim chain(String name, ReadDevice device, Instant moment) {
    if (chains.isEmpty()) {
      return Claim.fails(name, "no root was named, and none is trusted without");
    }
    if (device.chain().problem().isPresent()) {
      return Claim.fails(name, device.chain().problem().get());
    }
    try {
      chains.get().require(device.entry().certificates(), device.chain(), moment);
      return Claim.holds(name);
    } catch (GeneralSecurityException broken) {
      return Claim.fails(name, String.valueOf(broken.getMessage()));
    }
  }

  private static Claim firmware(String name, ReadDevice device) {
    if (device.report().isEmpty()) {
      return Claim.fails(name, UNPARSED);
    }
    Optional<Bytes> reported = device.opaque(OpaqueType.FWID);
    if (reported.isEmpty()) {
      return device.entry().kind() == DeviceKind.SWITCH
          ? Claim.skipped(name, "a switch may leave its FWID out")
          : Claim.fails(name, "the report has no FWID");
    }
    Optional<X509Certificate> leaf = device.chain().leaf();
    if (leaf.isEmpty()) {
      return Claim.fails(name, NO_LEAF);
    }
    try {
      return Claim.of(
          name,
          FirmwareId.of(leaf.get()).equals(reported.get()),
          "leaf and report name different firmware");
    } catch (MalformedAnswer malformed) {
      return Claim.fails(name, malformed.getMessage());
    }
  }

  private static Claim nonce(String name, ReadDevice device, Optional<KeyBinding> binding) {
    if (device.report().isEmpty()) {
      return Claim.fails(name, UNPARSED);
    }
    if (binding.isEmpty()) {
      return Claim.fails(name, "there is no nonce and 32-byte key to compare with");
    }
    return Claim.of(
        name,
        device.report().get().nonce().equals(binding.get().gpuNonce()),
        "the report answers another nonce, key or slot");
  }

  private static Claim signature(String name, ReadDevice device) {
    if (device.report().isEmpty()) {
      return Claim.fails(name, UNPARSED);
    }
    Optional<X509Certificate> leaf = device.chain().leaf();
    if (leaf.isEmpty()) {
      return Claim.fails(name, NO_LEAF);
    }
    return Claim.of(
        name,
        isSigned(device.report().get(), leaf.get()),
        "the leaf's key has not signed these bytes");
  }

  private static boolean isSigned(Report report, X509Certificate leaf) {
    try {
      if (!ChainRules.isP384(leaf)) {
        return false;
      }
      Signature verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
      verifier.initVerify(leaf.getPublicKey());
      verifier.update(report.signedPart().view());
      return verifier.verify(report.signature().toArray());
    } catch (GeneralSecurityException invalid) {
      // The JDK throws for some wrong signatures, a scalar out of range for instance.
      return false;
    }
  }

  private List<Claim> versions(ReadDevice device) {
    DeviceKind kind = device.entry().kind();
    List<Claim> claims = new ArrayList<>();
    if (kind == DeviceKind.GPU) {
      claims.add(
          version(
              "x-nvidia-gpu-driver-rim-version-match",
              device,
              driver(device),
              allowed.map(AllowList::driver)));
    }
    String vbiosClaim = kind == DeviceKind.GPU ? "vbios" : "bios";
    claims.add(
        version(
            kind.claim(vbiosClaim + "-rim-version-match"),
            device,
            vbios(device),
            allowed.map(AllowList::vbios)));
    return claims;
  }

  private static Claim version(
      String name, ReadDevice device, Optional<String> found, Optional<String> right) {
    if (device.report().isEmpty()) {
      return Claim.fails(name, UNPARSED);
    }
    if (right.isEmpty()) {
      return Claim.unchecked(name, NO_LIST);
    }
    return Claim.of(
        name, found.equals(right), "allowed is " + right.get() + ", it is " + found.orElse("none"));
  }

  private List<Claim> measurements(ReadDevice device) {
    if (device.report().isPresent() && allowed.isEmpty()) {
      return derived(name -> Claim.unchecked(name, NO_LIST));
    }
    if (device.report().isEmpty()) {
      return derived(name -> Claim.fails(name, UNPARSED));
    }
    Optional<Integer> mismatch = allowed.get().firstMismatch(device.report().get());
    return mismatch.isEmpty()
        ? derived(Claim::holds)
        : derived(name -> Claim.fails(name, "measurement " + mismatch.get() + " is not allowed"));
  }

  /** NVIDIA's verifier takes secure boot and the debug state from the measurements too. */
  private static List<Claim> derived(Function<String, Claim> claim) {
    return List.of(claim.apply("measres"), claim.apply("secboot"), claim.apply("dbgstat"));
  }

  private static Map<String, String> facts(ReadDevice device) {
    Map<String, String> facts = new LinkedHashMap<>();
    device.report().ifPresent(report -> facts.put("eat_nonce", report.nonce().toHex()));
    DeviceKind kind = device.entry().kind();
    driver(device).ifPresent(text -> facts.put(kind.claim("driver-version"), text));
    vbios(device)
        .ifPresent(
            text ->
                facts.put(
                    kind.claim((kind == DeviceKind.GPU ? "vbios" : "bios") + "-version"), text));
    device
        .chain()
        .leaf()
        .ifPresent(leaf -> facts.put("hwmodel", leaf.getSubjectX500Principal().getName()));
    return facts;
  }

  private static Optional<String> driver(ReadDevice device) {
    return device.opaque(OpaqueType.DRIVER_VERSION).map(DeviceJudge::driverText);
  }

  private static String driverText(Bytes data) {
    String text = data.toLenientUtf8();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static Optional<String> vbios(ReadDevice device) {
    return device.opaque(OpaqueType.VBIOS_VERSION).map(DeviceJudge::vbiosText);
  }

  /** The first four bytes reversed, then the fifth, in hex with dots. */
  private static String vbiosText(Bytes data) {
    if (data.length() < 5) {
      return UNREADABLE;
    }
    StringBuilder text = new StringBuilder();
    for (int place : new int[] {3, 2, 1, 0}) {
      text.append(data.slice(place, place + 1).toHex()).append('.');
    }
    return text.append(data.slice(4, 5).toHex()).toString();
  }
}
