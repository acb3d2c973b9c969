package dev.sealcheck.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.protocol.server.YamlFile;
import dev.sealcheck.proxy.account.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyConfigurationTest {

  private static final String HASH = "ab".repeat(32);

  @TempDir private Path directory;

  @Test
  void givesALimitOnlyToUsersWhoHaveOneOfTheirOwn() throws IOException {
    ProxyConfiguration read = read(user("id: 1", "") + user("id: 2", ", requests_per_minute: 30"));

    assertThat(read.users()).hasSize(2);
    assertThat(read.requestsPerMinute()).containsOnlyKeys(new UserId(2)).containsValue(30L);
  }

  @Test
  void takesALimitOfZeroForOneOfTheUsersOwn() throws IOException {
    assertThat(read(user("id: 1", ", requests_per_minute: 0")).requestsPerMinute())
        .containsEntry(new UserId(1), 0L);
  }

  @Test
  void refusesALimitThatIsNull() {
    assertThatThrownBy(() -> read(user("id: 1", ", requests_per_minute: null")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("users[0]")
        .hasMessageContaining("requests_per_minute");
  }

  @Test
  void refusesALimitThatIsText() {
    assertThatThrownBy(() -> read(user("id: 1", ", requests_per_minute: many")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("users[0]");
  }

  private ProxyConfiguration read(String users) throws IOException {
    Path file = Files.writeString(directory.resolve("proxy.yaml"), "users:\n" + users);
    return ProxyConfiguration.of(YamlFile.read(file));
  }

  private static String user(String id, String more) {
    return "  - {%s, token_sha256: \"%s\", balance: 5%s}\n".formatted(id, HASH, more);
  }
}
