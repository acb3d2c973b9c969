package dev.sealcheck.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class SettingsSourceTest {

  @TempDir Path folder;

  @Command
  static final class Sample implements Runnable {
    @Option(names = "--config")
    Path config;

    @Option(names = "--max-body-bytes", defaultValue = "1")
    int maxBodyBytes;

    @Override
    public void run() {}
  }

  @Test
  void takesTheCommandLineBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "max_body_bytes: 2\nusers: []\n");
    Map<String, String> environment = Map.of("X_MAX_BODY_BYTES", "3");
    assertThat(parse(Map.of()).maxBodyBytes).isEqualTo(1);
    assertThat(parse(Map.of(), "--config", file.toString()).maxBodyBytes).isEqualTo(2);
    assertThat(parse(environment, "--config", file.toString()).maxBodyBytes).isEqualTo(3);
    assertThat(parse(environment, "--max-body-bytes", "4").maxBodyBytes).isEqualTo(4);
  }

  @Test
  void takesTheFileAlsoBehindAnEqualsSign() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "max_body_bytes: 2\n");
    assertThat(parse(Map.of(), "--config=" + file).maxBodyBytes).isEqualTo(2);
  }

  @Test
  void refusesAKeyThatMeansNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "users: []\nmax_body_byte: 2\n");
    SettingsSource source =
        SettingsSource.of("X_", Map.of(), new String[] {"--config", file.toString()}, "--config");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> source.requireKnownKeys(new CommandLine(new Sample()), Set.of("users")))
        .withMessageContaining("max_body_byte;");
  }

  @Test
  void refusesAFileThatIsNoMappingOrNamesAKeyTwice() throws Exception {
    for (String content : new String[] {"- a", "a: 1\na: 2", "a: [", ""}) {
      Path file = Files.writeString(folder.resolve("bad.yaml"), content);
      assertThatExceptionOfType(IOException.class)
          .as(content)
          .isThrownBy(() -> parse(Map.of(), "--config", file.toString()))
          .withMessageContaining("bad.yaml");
    }
  }

  private static Sample parse(Map<String, String> environment, String... arguments)
      throws IOException {
    Sample sample = new Sample();
    CommandLine command = new CommandLine(sample);
    command.setDefaultValueProvider(SettingsSource.of("X_", environment, arguments, "--config"));
    command.execute(arguments);
    return sample;
  }
}
