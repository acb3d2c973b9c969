package dev.sealcheck.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A random token in a file that only its owner can read. */
final class TokenFile {

  private static final int TOKEN_SIZE_IN_BYTES = 32;

  private TokenFile() {}

  /** Writes a fresh token to a new file and returns it. */
  static String create(Path file, SecureRandom random) throws IOException {
    byte[] bytes = new byte[TOKEN_SIZE_IN_BYTES];
    random.nextBytes(bytes);
    String token = "sk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    return token;
  }
}
