package dev.sealcheck.conformance.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code sealcheck} command as a process of its own, started from the runnable jar. */
final class SuiteProcess implements AutoCloseable {

  private static final String JAR_PROPERTY = "sealcheck.suite.jar";
  private static final int LIMIT_SECONDS = 240;

  private final Process process;
  private final Path out;
  private final Path err;

  /** How a process ended, and everything that it wrote. */
  record Finished(int exitCode, String out, String err) {}

  private SuiteProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command to its end.
   *
   * @param directory private to this run, for its output and its temporary files
   */
  static Finished run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    try (SuiteProcess suite =
        start(directory, ProcessBuilder.Redirect.to(out.toFile()), arguments)) {
      return suite.await();
    }
  }

  /** Starts the command and leaves its standard output to {@link #awaitLine}. */
  static SuiteProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, ProcessBuilder.Redirect.PIPE, arguments);
  }

  private static SuiteProcess start(
      Path directory, ProcessBuilder.Redirect output, String... arguments) throws IOException {
    Path temporary = Files.createDirectories(temporary(directory));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.add("-Djava.io.tmpdir=" + temporary);
    for (String part : List.of("sealcheck.node.jar", "sealcheck.proxy.jar")) {
      if (System.getProperty(part) != null) {
        command.add("-D" + part + "=" + System.getProperty(part));
      }
    }
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output);
    builder.redirectError(err.toFile());
    builder.environment().remove("SEALCHECK_TOKEN");
    return new SuiteProcess(builder.start(), directory.resolve("out"), err);
  }

  /** Where a command that was started with {@code directory} keeps its temporary files. */
  static Path temporary(Path directory) {
    return directory.resolve("tmp");
  }

  /** The process. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Blocks until a line of the output begins with {@code text}. */
  void awaitLine(String text) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(text)) {
        return;
      }
    }
    throw new AssertionError(
        "the command ended without a line that begins with " + text + ": " + Files.readString(err));
  }

  private Finished await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the command did not end within " + LIMIT_SECONDS + " s");
    }
    return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Path jar() {
    String named = System.getProperty(JAR_PROPERTY);
    if (named == null || !Files.isRegularFile(Path.of(named))) {
      throw new AssertionError(
          "the suite's runnable jar is missing: `mvn verify` builds and names it (-D"
              + JAR_PROPERTY
              + "=FILE)");
    }
    return Path.of(named);
  }

  /** Kills the process where it still runs; its children notice that. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
