package dev.sealcheck.protocol.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Admits the bearer of the one token that a file holds; keeps its hash only. */
final class ControlToken implements Route.Gate {

  private static final String SCHEME = "Bearer ";
  private static final int TOKEN_SIZE_IN_BYTES = 32;
  private static final int MIN_LENGTH = 16;
  private static final int MAX_FILE_SIZE_IN_BYTES = 1024;

  private final byte[] hash;

  private ControlToken(String token) {
    this.hash = sha256(token);
  }

  /**
   * The token in {@code file}; where there is no such file, a fresh one that is written to it,
   * readable by its owner only.
   *
   * @throws IOException if the file cannot be read or written, or holds no token of 16 characters
   *     or more; the message names the file and nothing of its content
   */
  static ControlToken readOrCreate(Path file, SecureRandom random) throws IOException {
    byte[] bytes = new byte[TOKEN_SIZE_IN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return read(file);
    }
    Files.writeString(file, token + "\n");
    return new ControlToken(token);
  }

  private static ControlToken read(Path file) throws IOException {
    if (Files.size(file) <= MAX_FILE_SIZE_IN_BYTES) {
      String token = new String(Files.readAllBytes(file), US_ASCII).trim();
      if (token.length() >= MIN_LENGTH) {
        return new ControlToken(token);
      }
    }
    throw new IOException(file + " holds no token of at least " + MIN_LENGTH + " characters");
  }

  @Override
  public void admit(Context context) throws RefusedException {
    String header = context.header("Authorization");
    boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    byte[] presented = sha256(bearer ? header.substring(SCHEME.length()) : "");
    if (!MessageDigest.isEqual(hash, presented)) {
      throw new RefusedException(ErrorCode.AUTH_ERROR);
    }
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
