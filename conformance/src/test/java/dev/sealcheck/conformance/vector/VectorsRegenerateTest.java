package dev.sealcheck.conformance.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator makes every file of vectors/ again, to the byte. */
class VectorsRegenerateTest {
  private static final Path GENERATOR = Path.of("..", "vectors", "generator");

  /** A first install fetches three packages; seconds, with a slow network minutes. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path scratch;

  @Test
  void regeneratesWithoutADifference() throws IOException, InterruptedException {
    List<String> missing =
        Stream.of("bash", "node", "npm").filter(program -> !isOnThePath(program)).toList();
    if (!missing.isEmpty()) {
      leaveUnchecked("not on the path here: " + String.join(", ", missing));
    }
    Ended install = run("bash", "./install");
    if (install.exitCode() != 0) {
      leaveUnchecked("the install of the generator failed:\n" + install.written());
    }
    Ended check = run("node", "generate.mjs", "--check");
    assertThat(check.exitCode()).as(check.written()).isZero();
    assertThat(check.written()).contains("files regenerate without a difference");
  }

  /** The digests of the files are compared in any case, by {@link VectorFilesTest}. */
  private static void leaveUnchecked(String why) {
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("CI must run the generator of the vectors, but " + why);
    }
    System.out.println(
        "NOT CHECKED: the vectors were not generated again, their digests hold: " + why);
    abort("NOT CHECKED: " + why);
  }

  private record Ended(int exitCode, String written) {}

  private Ended run(String... words) throws IOException, InterruptedException {
    Path out = scratch.resolve("out");
    Process process =
        new ProcessBuilder(words)
            .directory(GENERATOR.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return new Ended(ended ? process.exitValue() : -1, Files.readString(out));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static boolean isOnThePath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
