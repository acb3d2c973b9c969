package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

  @TempDir private Path directory;

  @Test
  void writesForTheOwnerOnlyAndLeavesNoDraft() throws IOException {
    Path file = Files.writeString(directory.resolve("ready.json"), "old");

    PrivateFiles.writeAtomically(file, "new");

    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void makesAndRemovesAPrivateDirectory() throws IOException {
    Path made = PrivateFiles.directory("sealcheck-test-");
    Path file = PrivateFiles.write(made.resolve("key.pem"), "text");

    assertThat(mode(made)).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");

    PrivateFiles.deleteTree(made);
    assertThat(made).doesNotExist();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
