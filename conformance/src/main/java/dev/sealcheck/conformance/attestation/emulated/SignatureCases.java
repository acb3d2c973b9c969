package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.client.Bytes;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** Good reports with a signature that is none. */
final class SignatureCases {
  private static final int HALF_BYTES = 48;
  private static final int REQUEST_BYTES = 37;

  private SignatureCases() {}

  /** The 96 bytes to put behind the unsigned report. */
  private interface Signing {
    Bytes sign(CaseSetting setting, EmulatedDevice gpu, Bytes unsigned);
  }

  static List<EvidenceCase> all() {
    return List.of(
        signed(
            "r-and-s-swapped",
            "s stands before r.",
            (setting, gpu, unsigned) -> {
              Bytes signature = gpu.key().signRaw(unsigned);
              return Bytes.concat(
                  signature.slice(HALF_BYTES, 2 * HALF_BYTES), signature.slice(0, HALF_BYTES));
            }),
        signed(
            "signature-little-endian",
            "r and s are written lowest byte first, as all other numbers of a report.",
            (setting, gpu, unsigned) -> {
              Bytes signature = gpu.key().signRaw(unsigned);
              return Bytes.concat(
                  reversed(signature.slice(0, HALF_BYTES)),
                  reversed(signature.slice(HALF_BYTES, 2 * HALF_BYTES)));
            }),
        signed(
            "signature-zero",
            "r and s are 0, which fulfils the equation of a careless verifier.",
            (setting, gpu, unsigned) -> Bytes.owning(new byte[2 * HALF_BYTES])),
        signed(
            "signed-by-another-device",
            "A device of the same authority has signed.",
            (setting, gpu, unsigned) -> setting.many().gpus().get(1).key().signRaw(unsigned)),
        signed(
            "signed-without-request",
            "Only the response is signed: the nonce in the request could be anyone's.",
            (setting, gpu, unsigned) ->
                gpu.key().signRaw(unsigned.slice(REQUEST_BYTES, unsigned.length()))),
        signed(
            "signed-with-sha-256",
            "The right key has signed another hash.",
            (setting, gpu, unsigned) -> gpu.key().signRaw(unsigned, SHA256Digest::new)));
  }

  private static EvidenceCase signed(String name, String comment, Signing signing) {
    return new EvidenceCase(
        name,
        comment,
        Wrong.SIGNATURE,
        setting ->
            setting.alone(
                (gpu, report) -> {
                  Bytes unsigned = report.unsigned();
                  return gpu.entry(Bytes.concat(unsigned, signing.sign(setting, gpu, unsigned)));
                }));
  }

  private static Bytes reversed(Bytes bytes) {
    byte[] reversed = new byte[bytes.length()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = (byte) bytes.at(reversed.length - 1 - i);
    }
    return Bytes.owning(reversed);
  }
}
