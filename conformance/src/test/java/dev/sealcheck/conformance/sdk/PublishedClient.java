package dev.sealcheck.conformance.sdk;

import dev.sealcheck.conformance.sdk.Command.Ended;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The published client in its folder of the reference proxy's tests.
 *
 * @param scratch a directory that takes the output of programs
 */
record PublishedClient(Path scratch) {

  /**
   * A first install fetches seven packages and compiles one; seconds, with a slow network minutes.
   */
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);

  /** Two short chats; nearly all of it is the start of Node.js. */
  private static final Duration CHAT_LIMIT = Duration.ofSeconds(60);

  private static final int LINES_SHOWN = 8;

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", ""))
          .toAbsolutePath()
          .resolveSibling("reference-proxy/src/test/sdk")
          .normalize();

  /** Programs without which the client cannot run here, or none. */
  static List<String> missingPrograms() {
    return Stream.of("bash", "node", "npm").filter(program -> !Command.available(program)).toList();
  }

  /** Where the package itself is once it is installed. */
  static Path packageFolder() {
    return FOLDER.resolve("node_modules/atoma-sdk");
  }

  /** Installs the client where it is not yet; returns why it could not, or nothing. */
  Optional<String> install() throws IOException, InterruptedException {
    Ended ended =
        new Command(FOLDER, Map.of(), INSTALL_LIMIT, List.of("bash", "./install"))
            .run(scratch.resolve("install"));
    return ended.exitCode() == 0
        ? Optional.empty()
        : Optional.of("its install ended with " + ended.exitCode() + ":\n" + first(ended.err()));
  }

  /** Lets the client chat, whole and streamed. */
  Ended chat(URI proxy, String token, String model) throws IOException, InterruptedException {
    Map<String, String> settings =
        Map.of(
            "SEALCHECK_PROXY", proxy.toString(),
            "SEALCHECK_TOKEN", token,
            "SEALCHECK_MODEL", model);
    Path chat = Files.createTempDirectory(scratch, "chat").resolve("chat");
    Ended ended =
        new Command(FOLDER, settings, CHAT_LIMIT, List.of("node", "confidential.mjs")).run(chat);
    return new Ended(
        ended.exitCode(),
        ended.out().replace(token, "[token]"),
        ended.err().replace(token, "[token]"));
  }

  /** The lines that say what went wrong, without advice and the stack below. */
  private static String first(String written) {
    return written
        .lines()
        .filter(line -> !line.startsWith("npm warn"))
        .limit(LINES_SHOWN)
        .collect(Collectors.joining("\n"));
  }
}
