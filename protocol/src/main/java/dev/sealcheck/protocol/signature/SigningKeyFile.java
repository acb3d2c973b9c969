package dev.sealcheck.protocol.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 signing key in a PKCS#8 PEM file, RFC 8410, as {@code openssl genpkey -algorithm
 * ed25519} writes it.
 */
public final class SigningKeyFile {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int MAX_FILE_SIZE_IN_BYTES = 4096;

  /**
   * RFC 8410 section 7: version 0, id-Ed25519, an OCTET STRING that holds an OCTET STRING of 32.
   */
  private static final byte[] PREFIX = {
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
  };

  private SigningKeyFile() {}

  /**
   * The key in {@code file}.
   *
   * @throws IOException if the file cannot be read or holds no Ed25519 key; the message names the
   *     file and nothing of its content
   */
  public static SigningKey read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_SIZE_IN_BYTES) {
      throw notAKey(file);
    }
    String pem = Files.readString(file, StandardCharsets.US_ASCII).trim();
    if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
      throw notAKey(file);
    }
    byte[] der;
    try {
      der =
          Base64.getMimeDecoder()
              .decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
    } catch (IllegalArgumentException e) {
      throw notAKey(file);
    }
    int size = PREFIX.length + Ed25519Keys.SEED_SIZE_IN_BYTES;
    if (der.length != size || !Arrays.equals(der, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw notAKey(file);
    }
    return SigningKey.of(SignatureScheme.ED25519, Arrays.copyOfRange(der, PREFIX.length, size));
  }

  /**
   * The key in {@code file}; where there is no such file, a fresh key that is written to it first,
   * readable by its owner only.
   *
   * @throws IOException as for {@link #read}, or if the file cannot be written
   */
  public static SigningKey readOrCreate(Path file, SecureRandom random) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    SigningKey key = SigningKey.generateEd25519(random);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return read(file);
    }
    Files.writeString(file, pem(key));
    return key;
  }

  private static String pem(SigningKey key) {
    byte[] der = Arrays.copyOf(PREFIX, PREFIX.length + Ed25519Keys.SEED_SIZE_IN_BYTES);
    byte[] seed = key.secret();
    System.arraycopy(seed, 0, der, PREFIX.length, seed.length);
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(der) + "\n" + END + "\n";
  }

  private static IOException notAKey(Path file) {
    return new IOException(file + " holds no Ed25519 private key in PKCS#8 PEM");
  }
}
