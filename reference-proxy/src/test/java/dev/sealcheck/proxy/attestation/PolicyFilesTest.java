package dev.sealcheck.proxy.attestation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {

  @TempDir private Path directory;

  @Test
  void readsAnEmulatedRootThatIsWrittenLater() throws Exception {
    Path root = directory.resolve("root.pem");
    Path list = directory.resolve("allow-list.json");
    PolicyFiles files = new PolicyFiles(List.of(), List.of(root), List.of(list));
    files.requireRealRoots();
    assertThat(files.policy().roots()).isEmpty();
    assertThat(files.policy().allowLists()).isEmpty();
    Files.write(root, ForgedDevice.alone().rootPem());
    Files.write(list, ForgedDevice.allowList());
    assertThat(files.policy().roots()).hasSize(1);
    assertThat(files.policy().allowLists()).hasSize(1);
  }

  @Test
  void believesOneNodeWhileAnotherHasNotWrittenItsFiles() throws Exception {
    Path root = Files.write(directory.resolve("root.pem"), ForgedDevice.alone().rootPem());
    Path list = Files.write(directory.resolve("list.json"), ForgedDevice.allowList());
    PolicyFiles files =
        new PolicyFiles(
            List.of(),
            List.of(root, directory.resolve("later.pem")),
            List.of(list, directory.resolve("later.json")));
    assertThat(files.policy().roots()).hasSize(1);
    assertThat(files.policy().allowLists()).hasSize(1);
  }

  @Test
  void wantsEveryListOfDevicesThatAreNotEmulated() {
    PolicyFiles files =
        new PolicyFiles(List.of(), List.of(), List.of(directory.resolve("list.json")));
    assertThatThrownBy(files::policy).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAnEmulatedRootThatIsCalledReal() throws Exception {
    Path root = Files.write(directory.resolve("root.pem"), ForgedDevice.alone().rootPem());
    PolicyFiles files = new PolicyFiles(List.of(root), List.of(), List.of());
    assertThatThrownBy(files::requireRealRoots)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("emulated");
    assertThatThrownBy(files::policy).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAFileThatHoldsNotExactlyOneRoot() throws Exception {
    Path two =
        Files.write(directory.resolve("two.pem"), ForgedDevice.pem(ForgedDevice.alone().chain()));
    assertThatThrownBy(new PolicyFiles(List.of(), List.of(two), List.of())::policy)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exactly one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"1\":[]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"1\":\"00\"}}",
        "{\"driver\":\"1\",\"vbios\":\"1\",\"measurements\":{\"1\":[\"00\"]}}",
        "{\"driver\":\"1\",\"vbios\":\"1\"}",
        "{\"vbios\":\"1\",\"measurements\":{}}",
      })
  void refusesAnAllowListOfAnotherForm(String json) {
    assertThatThrownBy(() -> AllowList.parse(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "01", "-1", "x"})
  void refusesAnIndexThatNoBlockHas(String index) {
    String json =
        new String(ForgedDevice.allowList(), UTF_8).replace("\"10\"", "\"" + index + "\"");
    assertThatThrownBy(() -> AllowList.parse(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void refusesAListThatAllowsDebugging() {
    String json = new String(ForgedDevice.allowList(), UTF_8).replace("22", "db");
    assertThatThrownBy(() -> AllowList.parse(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedMessageException.class);
    assertThatCode(() -> AllowList.parse(ForgedDevice.allowList())).doesNotThrowAnyException();
  }
}
