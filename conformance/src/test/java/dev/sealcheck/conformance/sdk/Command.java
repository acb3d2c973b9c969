package dev.sealcheck.conformance.sdk;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs to its end within a limit.
 *
 * @param directory where it runs
 * @param environment variables that it gets besides those of this process
 * @param limit after which it is killed
 * @param words the program and its arguments
 */
record Command(
    Path directory, Map<String, String> environment, Duration limit, List<String> words) {

  /** The client takes settings of its own from variables that begin so. */
  private static final String CLIENT_SETTING = "ATOMASDK_";

  /** What timeout(1) returns for a program that it ended. */
  private static final int KILLED = 124;

  Command {
    environment = Map.copyOf(environment);
    words = List.copyOf(words);
  }

  /** How a program ended, and everything that it wrote. */
  record Ended(int exitCode, String out, String err) {}

  /** Whether a program of that name is on the path. */
  static boolean available(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Runs the program; kills it with its children at the limit, and returns 124 as its exit code.
   *
   * @param scratch a path; files beside it, with its name and a suffix, take what is written
   * @throws IOException if it cannot be started
   */
  Ended run(Path scratch) throws IOException, InterruptedException {
    Path out = scratch.resolveSibling(scratch.getFileName() + ".out");
    Path err = scratch.resolveSibling(scratch.getFileName() + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith(CLIENT_SETTING));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        String note = "killed after " + limit.toSeconds() + " s\n";
        return new Ended(KILLED, read(out), note + read(err));
      }
      return new Ended(process.exitValue(), read(out), read(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
