package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import org.junit.jupiter.api.Test;

class ProxyConfigTest {

  @Test
  void namesUsersByTheHashOfTheirTokenAndTheNodeByItsAddress() throws Exception {
    TestUser second = TestUser.withRandomToken("user 2");
    SigningPair key = SigningPair.generate();
    ProxyConfig written = new ProxyConfig("0xa0cc");
    written.user(new BearerToken("abc"), 7);
    written.limitedUser(second.token(), 30);
    written.scriptedNode(new ScriptedNodePlace(2, key, "m/played", "127.0.0.1", 0));

    String yaml = written.yaml();
    JsonNode config = new YAMLMapper().readTree(yaml);

    assertThat(yaml).doesNotContain(second.token().secret());
    assertThat(config.at("/users/0/id").asInt()).isEqualTo(1);
    // FIPS 180-2 appendix B.1: the SHA-256 of "abc".
    assertThat(config.at("/users/0/token_sha256").textValue())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(config.at("/users/1/id").asInt()).isEqualTo(2);
    assertThat(config.at("/nodes/0/id").asInt()).isEqualTo(1);
    assertThat(config.at("/nodes/0/address").textValue()).isEqualTo("0xa0cc");
    assertThat(config.at("/nodes/0/models").size()).isEqualTo(4);
    assertThat(config.at("/users/0/balance").asLong()).isEqualTo(7);
    assertThat(config.at("/users/1/requests_per_minute").asLong()).isEqualTo(30);
    assertThat(config.at("/nodes/1/address").textValue()).isEqualTo(key.address());
    assertThat(config.at("/models/4/name").textValue()).isEqualTo("m/played");
    assertThat(config.at("/models/0/name").textValue()).isEqualTo("sealcheck/chat-small");
    assertThat(config.at("/models/0/kind").textValue()).isEqualTo("chat");
  }
}
