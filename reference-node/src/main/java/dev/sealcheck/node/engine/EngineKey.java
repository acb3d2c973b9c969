package dev.sealcheck.node.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that an engine asks for as bearer token; it prints its length only. */
public final class EngineKey {

  private static final int MAX_FILE_SIZE_IN_BYTES = 4096;

  private final String token;

  private EngineKey(String token) {
    this.token = token;
  }

  /**
   * The key in {@code file}: one line of visible ASCII, whatever white space is around it.
   *
   * @throws IOException if the file cannot be read or holds something else; the message names the
   *     file and nothing of its content
   */
  public static EngineKey read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_SIZE_IN_BYTES) {
      throw notAKey(file);
    }
    // Latin-1 reads any bytes, so that it is this class that judges and words the refusal.
    String token = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw notAKey(file);
    }
    return new EngineKey(token);
  }

  /** The value of the {@code Authorization} header. */
  String authorization() {
    return "Bearer " + token;
  }

  private static IOException notAKey(Path file) {
    return new IOException(
        file
            + " must hold one line of visible ASCII, at most "
            + MAX_FILE_SIZE_IN_BYTES
            + " chars");
  }

  @Override
  public String toString() {
    return "EngineKey[" + token.length() + " chars]";
  }
}
