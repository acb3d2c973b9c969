package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.client.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Where emulated keys, firmware and nonces come from. */
public interface DeviceRandomness {
  /**
   * Bytes for one purpose.
   *
   * @param purpose what they are for, unique within a machine
   * @param length how many, up to 64
   */
  Bytes bytes(String purpose, int length);

  /** Fresh bytes of the system. */
  static DeviceRandomness fresh() {
    return (purpose, length) -> Bytes.random(length);
  }

  /**
   * The same bytes for the same seed and purpose, always: for vectors only, anyone has the keys.
   */
  static DeviceRandomness insecureSeeded(String seed) {
    return (purpose, length) -> {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-512")
                .digest((seed + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
        return Bytes.owning(hash).slice(0, length);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every JDK has SHA-512", impossible);
      }
    };
  }
}
