package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.target.TestUser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where tokens come from: a file or the environment, never the command line. */
final class Tokens {

  /** The variable that holds a token where no file is named. */
  static final String VARIABLE = "SEALCHECK_TOKEN";

  private static final long FILE_LIMIT_BYTES = 1 << 20;

  private Tokens() {}

  /**
   * One user for each token; a file holds one on each line, blank lines do not count.
   *
   * @param environment the value of {@link #VARIABLE}; null where it is not set
   * @throws IllegalArgumentException if the file cannot be read, or if there is no token
   */
  static List<TestUser> users(Optional<Path> file, String environment) {
    List<String> lines =
        file.isPresent()
            ? read(file.get())
            : Optional.ofNullable(environment).stream().flatMap(String::lines).toList();
    List<TestUser> users = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank()) {
        users.add(new TestUser("user " + (users.size() + 1), new BearerToken(line.strip())));
      }
    }
    if (users.isEmpty()) {
      throw new IllegalArgumentException(
          file.map(path -> "there is no token in " + path)
              .orElse("a token is needed: --token-file FILE, or the variable " + VARIABLE));
    }
    return users;
  }

  private static List<String> read(Path file) {
    try {
      if (Files.size(file) > FILE_LIMIT_BYTES) {
        throw new IllegalArgumentException("the token file is larger than 1 MiB: " + file);
      }
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("the token file is not UTF-8: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the token file cannot be read: " + file, e);
    }
  }
}
