package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.exchange.BearerToken;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files with tokens, one on each line. */
public final class TokenFile {

  private static final long LIMIT_BYTES = 1 << 20;

  private TokenFile() {}

  /**
   * The tokens in {@code file}, at least one; blank lines and spaces around a token do not count.
   *
   * @throws IllegalArgumentException if the file cannot be read, is larger than 1 MiB, is not
   *     UTF-8, holds no token, or holds one that no header can carry; the message holds none of
   *     them
   */
  public static List<BearerToken> read(Path file) {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new IllegalArgumentException("the token file is larger than 1 MiB: " + file);
      }
      List<BearerToken> tokens = tokens(Files.readString(file, StandardCharsets.UTF_8).lines());
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException("there is no token in " + file);
      }
      return tokens;
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("the token file is not UTF-8: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the token file cannot be read: " + file, e);
    }
  }

  /**
   * The tokens on {@code lines}; none where all are blank.
   *
   * @throws IllegalArgumentException if a line holds what no header can carry
   */
  public static List<BearerToken> tokens(Stream<String> lines) {
    return lines.filter(line -> !line.isBlank()).map(String::strip).map(BearerToken::new).toList();
  }
}
