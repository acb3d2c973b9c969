package dev.sealcheck.conformance.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One part of the reference deployment as a process of its own, with its log and ready file. */
final class ChildProcess {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_MILLIS = 5;
  private static final int TAIL_LINES = 20;
  private static final int TAIL_BYTES = 16 * 1024;

  /** Start-up matters more than peak speed: quick compiler, simple collector, shared classes. */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-Xshare:auto",
          "-Djava.awt.headless=true");

  private final String name;
  private final Path log;
  private final Path readyFile;
  private final Process process;

  private ChildProcess(String name, Path log, Path readyFile, Process process) {
    this.name = name;
    this.log = log;
    this.readyFile = readyFile;
    this.process = process;
  }

  /**
   * Starts {@code jar} with {@code --ready-file} and {@code --parent-pid} added to its arguments.
   *
   * @param name for messages and file names, for instance "proxy"
   * @param defaults of environment variables; one that this process has is handed on instead
   * @throws DeploymentException if the process cannot be started
   */
  static ChildProcess start(
      String name, Path jar, List<String> arguments, Map<String, String> defaults, Path directory) {
    Path log = directory.resolve(name + ".log");
    Path readyFile = directory.resolve(name + ".ready.json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(ClassArchive.flags(name, jar));
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    command.addAll(List.of("--ready-file", readyFile.toString()));
    command.addAll(List.of("--parent-pid", Long.toString(ProcessHandle.current().pid())));
    try {
      PrivateFiles.write(log, "");
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().remove("SEALCHECK_TOKEN");
      defaults.forEach(builder.environment()::putIfAbsent);
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process process = builder.start();
      process.getOutputStream().close();
      return new ChildProcess(name, log, readyFile, process);
    } catch (IOException e) {
      throw new DeploymentException("the reference " + name + " cannot be started", e);
    }
  }

  /**
   * Waits for the ready file and returns the object in it.
   *
   * @throws DeploymentException if the process ends before, or is not ready within 30 seconds; the
   *     message holds the last lines of its log
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  JsonNode awaitReady(SuiteClock clock) throws InterruptedException {
    long end = clock.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(readyFile)) {
      // Waits for the end of the process, which would come instead of the file.
      if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new DeploymentException(
            "the reference " + name + " ended with code " + process.exitValue() + tail());
      }
      if (clock.nanoTime() - end > 0) {
        throw new DeploymentException(
            "the reference "
                + name
                + " is not ready after "
                + START_LIMIT.toSeconds()
                + " s"
                + tail());
      }
    }
    try {
      return new ObjectMapper().readTree(readyFile.toFile());
    } catch (IOException e) {
      throw new DeploymentException("the ready file of the reference " + name + " is no JSON", e);
    }
  }

  /**
   * Does nothing while the process runs.
   *
   * @throws DeploymentException if it has ended; the message holds the last lines of its log
   */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new DeploymentException(
          "the reference "
              + name
              + " ended in the middle of the run with code "
              + process.exitValue()
              + tail());
    }
  }

  /** Asks the process to end, without waiting. */
  void askToStop() {
    process.destroy();
  }

  /** Waits until the process has ended; kills it where it takes longer than 10 seconds. */
  void awaitStop() {
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private String tail() {
    try (RandomAccessFile file = new RandomAccessFile(new File(log.toString()), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length() - file.getFilePointer())];
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return last.isEmpty()
          ? "; its log is empty"
          : "; its log ends:\n  " + String.join("\n  ", last);
    } catch (IOException e) {
      return "; its log cannot be read: " + e.getClass().getSimpleName();
    }
  }
}
