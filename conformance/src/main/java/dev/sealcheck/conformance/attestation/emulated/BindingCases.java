package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;
import java.util.function.Function;

/** Reports that are good in themselves and answer something else than what was asked. */
final class BindingCases {
  private static final int SLOT = KeyBinding.DEVICE_SLOT;

  private BindingCases() {}

  static List<EvidenceCase> all() {
    return List.of(
        asked(
            "wrong-nonce",
            "The device was asked with another nonce: old evidence, or that of another node.",
            setting -> setting.otherNonce("wrong nonce")),
        new EvidenceCase(
            "nonce-only-from-responder",
            "The right nonce stands where the device's own belongs: whoever looks for it anywhere"
                + " in the report finds it.",
            Wrong.NONCE,
            setting ->
                setting.alone(
                    (gpu, report) ->
                        gpu.entry(
                            gpu.signed(
                                report
                                    .withResponderNonce(report.nonce())
                                    .withNonce(setting.otherNonce("in the request")))))),
        asked(
            "another-key",
            "The evidence was made for another X25519 key: the proxy swapped the node's.",
            setting -> KeyBinding.gpuNonce(nonce(setting), key(setting).flippedBit(0), SLOT)),
        asked(
            "another-contract-nonce",
            "The evidence was made for the nonce before.",
            setting -> KeyBinding.gpuNonce(nonce(setting) - 1, key(setting), SLOT)),
        asked(
            "wrong-slot",
            "The device was asked under another slot.",
            setting -> KeyBinding.gpuNonce(nonce(setting), key(setting), SLOT + 1)),
        asked(
            "slot-left-out",
            "The nonce was made of contract nonce and key alone, as if the slot were 0.",
            setting -> KeyBinding.gpuNonce(nonce(setting), key(setting), 0)),
        asked(
            "contract-nonce-big-endian",
            "The bytes of the contract nonce are in the wrong order.",
            setting -> KeyBinding.gpuNonce(Long.reverseBytes(nonce(setting)), key(setting), SLOT)),
        new EvidenceCase(
            "33-byte-key",
            "The key has 33 bytes, and the report was made for exactly those: a key of another"
                + " length can move the slot's bytes into the key.",
            Wrong.NONCE,
            setting -> {
              Bytes longer = Bytes.concat(key(setting), Bytes.hex("2c"));
              Bytes made = KeyBinding.gpuNonce(nonce(setting), longer, SLOT);
              return setting
                  .alone((gpu, report) -> gpu.entry(gpu.signed(report.withNonce(made))))
                  .expecting(longer);
            }));
  }

  private static EvidenceCase asked(
      String name, String comment, Function<CaseSetting, Bytes> nonce) {
    return new EvidenceCase(
        name,
        comment,
        Wrong.NONCE,
        setting ->
            setting.alone(
                (gpu, report) -> gpu.entry(gpu.signed(report.withNonce(nonce.apply(setting))))));
  }

  private static long nonce(CaseSetting setting) {
    return setting.binding().contractNonce();
  }

  private static Bytes key(CaseSetting setting) {
    return setting.binding().publicKey().bytes();
  }
}
