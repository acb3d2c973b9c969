package dev.sealcheck.conformance.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodePartsTest {

  private static final URI URL = URI.create("http://127.0.0.1:8081");
  private static final X25519PublicKey KEY = new X25519PublicKey(Bytes.random(32));

  private final NodeParts all =
      new NodeParts(
          Optional.of(URL),
          Optional.of(KEY),
          Optional.of(SigningPair.generate()),
          Optional.empty());

  @Test
  void isNoNodeWhereNothingIsKnown() {
    assertThat(NodeParts.none().complete()).isEmpty();
  }

  @Test
  void saysAllThatIsMissing() {
    NodeParts url =
        new NodeParts(Optional.of(URL), Optional.empty(), Optional.empty(), Optional.empty());

    assertThatThrownBy(url::complete)
        .isInstanceOf(ProfileException.class)
        .hasMessageContaining("--node-key")
        .hasMessageContaining("--proxy-key-file")
        .hasMessageNotContaining("(--node,");
  }

  @Test
  void takesThePartsOfTheCommandLineFirst() {
    X25519PublicKey newer = new X25519PublicKey(Bytes.random(32));
    NodeParts flags =
        new NodeParts(Optional.empty(), Optional.of(newer), Optional.empty(), Optional.empty());

    NodeAccess access = all.overriddenBy(flags).complete().orElseThrow();

    assertThat(access.url()).isEqualTo(URL);
    assertThat(access.key()).isEqualTo(newer);
    assertThat(all.overriddenBy(NodeParts.none())).isEqualTo(all);
  }
}
