package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sealcheck.conformance.exchange.BearerToken;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyConfigTest {

  @Test
  void namesUsersByTheHashOfTheirTokenAndTheNodeByItsAddress() throws Exception {
    List<TestUser> users =
        List.of(new TestUser("user 1", new BearerToken("abc")), TestUser.withRandomToken("user 2"));

    String yaml = ProxyConfig.yaml(users, "0xa0cc");
    JsonNode config = new YAMLMapper().readTree(yaml);

    assertThat(yaml).doesNotContain(users.get(1).token().secret());
    assertThat(config.at("/users/0/id").asInt()).isEqualTo(1);
    // FIPS 180-2 appendix B.1: the SHA-256 of "abc".
    assertThat(config.at("/users/0/token_sha256").textValue())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(config.at("/users/1/id").asInt()).isEqualTo(2);
    assertThat(config.at("/nodes/0/id").asInt()).isEqualTo(1);
    assertThat(config.at("/nodes/0/address").textValue()).isEqualTo("0xa0cc");
    assertThat(config.at("/nodes/0/models").size()).isEqualTo(2);
    assertThat(config.at("/models/0/name").textValue()).isEqualTo("sealcheck/chat-small");
    assertThat(config.at("/models/0/kind").textValue()).isEqualTo("chat");
  }
}
