package dev.sealcheck.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.verdict.NotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  private static final Leaks SECRETS = new Leaks().forbid("a plaintext", "canary0123456789");

  @TempDir private Path directory;

  @Test
  void findsWhatIsWrittenFromThenOn() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "canary0123456789 before\n");
    LogTail tail = LogTail.from(log);
    Files.writeString(log, "nothing\n", StandardOpenOption.APPEND);

    assertThat(tail.firstOf(SECRETS)).isEmpty();

    Files.writeString(log, "canary0123456789\n", StandardOpenOption.APPEND);

    assertThat(tail.firstOf(SECRETS)).contains("a plaintext");
  }

  @Test
  void findsWhatLiesAcrossTwoBlocks() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "");
    LogTail tail = LogTail.from(log);
    Files.writeString(log, "x".repeat((64 << 10) - 7) + "canary0123456789" + "x".repeat(99));

    assertThat(tail.firstOf(SECRETS)).contains("a plaintext");
  }

  @Test
  void readsALogThatWasBegunAnewFromItsStart() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "long before\n".repeat(9));
    LogTail tail = LogTail.from(log);
    Files.writeString(log, "canary0123456789\n");

    assertThat(tail.firstOf(SECRETS)).contains("a plaintext");
  }

  @Test
  void saysNothingWhereNothingCanBeRead() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "before\n");
    LogTail tail = LogTail.from(log);

    assertThatThrownBy(() -> tail.firstOf(SECRETS))
        .isInstanceOf(NotRun.class)
        .hasMessageContaining("nothing was written");
    Files.delete(log);
    assertThatThrownBy(() -> tail.firstOf(SECRETS)).isInstanceOf(NotRun.class);
    assertThatThrownBy(() -> LogTail.from(log)).isInstanceOf(NotRun.class);
  }
}
