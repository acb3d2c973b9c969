package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.TokenFile;
import dev.sealcheck.conformance.target.TestUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where tokens come from: a file or the environment, never the command line. */
final class Tokens {

  /** The variable that holds a token where no file is named. */
  static final String VARIABLE = "SEALCHECK_TOKEN";

  private Tokens() {}

  /**
   * One user for each token; a file holds one on each line, blank lines do not count.
   *
   * @param environment the value of {@link #VARIABLE}; null where it is not set
   * @throws IllegalArgumentException if the file cannot be read, or if there is no token
   */
  static List<TestUser> users(Optional<Path> file, String environment) {
    List<BearerToken> tokens =
        file.map(TokenFile::read)
            .orElseGet(
                () ->
                    TokenFile.tokens(
                        Optional.ofNullable(environment).stream().flatMap(String::lines)));
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "a token is needed: --token-file FILE, users.tokens in a profile, or the variable "
              + VARIABLE);
    }
    return users(tokens);
  }

  /** One user for each token. */
  static List<TestUser> users(List<BearerToken> tokens) {
    return IntStream.range(0, tokens.size())
        .mapToObj(i -> new TestUser("user " + (i + 1), tokens.get(i)))
        .toList();
  }
}
