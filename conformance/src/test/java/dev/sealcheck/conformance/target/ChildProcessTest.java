package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  @TempDir private Path directory;
  private Path jar;

  @BeforeEach
  void packJar() throws IOException {
    jar = directory.resolve("child.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeChild.class.getName());
    String entry = FakeChild.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file, manifest);
        InputStream code = FakeChild.class.getResourceAsStream("/" + entry)) {
      packed.putNextEntry(new JarEntry(entry));
      code.transferTo(packed);
    }
  }

  @Test
  void isReadyOnceItsFileIsThereAndStopsWhenAsked() throws Exception {
    ChildProcess child = ChildProcess.start("proxy", jar, List.of("stay"), Map.of(), directory);

    assertThat(child.awaitReady(SuiteClock.system()).path("proxy").asText()).isEqualTo("http://h");
    child.requireAlive();
    child.askToStop();
    child.awaitStop();

    assertThatThrownBy(child::requireAlive)
        .isInstanceOf(DeploymentException.class)
        .hasMessageContaining("the reference proxy ended in the middle of the run");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("proxy.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  void showsTheLastTwentyLinesOfALogWhereItEndsTooEarly() {
    ChildProcess child = ChildProcess.start("node", jar, List.of("die"), Map.of(), directory);

    assertThatThrownBy(() -> child.awaitReady(SuiteClock.system()))
        .isInstanceOf(DeploymentException.class)
        .hasMessageStartingWith("the reference node ended with code 3; its log ends:")
        .hasMessageContaining("line 99")
        .hasMessageContaining("line 80")
        .hasMessageNotContaining("line 79");
  }
}
