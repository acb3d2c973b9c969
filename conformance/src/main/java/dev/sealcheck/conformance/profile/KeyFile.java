package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.client.SigningPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with a signing key. */
public final class KeyFile {

  private static final long LIMIT_BYTES = 64 * 1024;

  private KeyFile() {}

  /**
   * The Ed25519 key in {@code file}, PKCS#8 PEM (RFC 8410).
   *
   * @throws IllegalArgumentException if the file cannot be read or is not that; the message holds
   *     none of it
   */
  public static SigningPair read(Path file) {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new IllegalArgumentException("the key file is larger than 64 KiB: " + file);
      }
      return SigningPair.fromPem(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalArgumentException("the key file cannot be read: " + file, e);
    }
  }
}
