package dev.sealcheck.protocol.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The check values of docs/PROTOCOL.md section 3, and what must not open. */
class SealingTest {

  private static final byte[] PLAINTEXT =
      "{\"model\":\"m/test\",\"messages\":[{\"role\":\"user\",\"content\":\"héllo\"}],\"stream\":false}"
          .getBytes(UTF_8);
  private static final String CIPHERTEXT =
      "z+GO/xgcm8WtkFPzSazbRDszoZ39sLePY9gRZF9Y4eGaA7twd3XJBSN2JP6JmqkPfScBefJmCIgVDc145YQqcqh9"
          + "UVKyKFB7AjorlK+12JXrCoYCImXf7ZiB/lOBvrShtA==";

  private final AgreementKeyPair client = AgreementKeyPair.ofInsecureKnownKey(bytesFrom(1));
  private final AgreementKeyPair node = AgreementKeyPair.ofInsecureKnownKey(bytesFrom(0x21));
  private final Salt salt = Salt.copyOf(base64("EBESExQVFhcYGRobHB0eHw=="));
  private final Nonce nonce = Nonce.copyOf(base64("oKGio6Slpqeoqaqr"));

  @Test
  void derivesThePublicKeysOfTheVector() {
    assertThat(client.publicKey().bytes().toBase64())
        .isEqualTo("B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=");
    assertThat(node.publicKey().bytes().toBase64())
        .isEqualTo("WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns=");
  }

  @Test
  void derivesTheKeyOfTheVectorFromItsSharedSecret() {
    byte[] secret =
        HexFormat.of().parseHex("a84dc7c3c8f058b1b2dc4cd1e9b5dc0a7987f88b6a9564cde3391fc421159e77");
    assertThat(Hkdf.derive(secret, salt.toArray(), new byte[0], 32))
        .isEqualTo(
            HexFormat.of()
                .parseHex("ccf4e1fe3472541b2ef1975ea711d3061c7436c9eebb1a6aaed83645d6e3ce76"));
  }

  @Test
  void sealsAndOpensTheVectorFromEitherSide() throws Exception {
    SealingKey clientKey = client.derive(node.publicKey(), salt);
    SealingKey nodeKey = node.derive(client.publicKey(), salt);
    assertThat(PLAINTEXT).hasSize(81);
    assertThat(clientKey.seal(nonce, PLAINTEXT).lend()).isEqualTo(base64(CIPHERTEXT));
    assertThat(nodeKey.open(nonce, Ciphertext.owning(base64(CIPHERTEXT)))).isEqualTo(PLAINTEXT);
    assertThat(Blake2b256.of(PLAINTEXT).bytes().toBase64())
        .isEqualTo("zTZU7H7qI1sQqvT51S5fvsxYo+G2xDK+VShelxPQgro=");
  }

  @Test
  void namesOneKeyByOneFingerprint() throws Exception {
    byte[] fingerprint = client.derive(node.publicKey(), salt).fingerprint();
    assertThat(fingerprint).hasSize(SealingKey.FINGERPRINT_SIZE_IN_BYTES);
    assertThat(node.derive(client.publicKey(), salt).fingerprint()).isEqualTo(fingerprint);
    assertThat(node.derive(client.publicKey(), Salt.copyOf(new byte[16])).fingerprint())
        .isNotEqualTo(fingerprint);
  }

  @Test
  void ignoresTheTopBitOfAPeerKey() throws Exception {
    byte[] withTopBit = client.publicKey().toArray();
    withTopBit[31] |= (byte) 0x80;
    SealingKey key = node.derive(X25519PublicKey.copyOf(withTopBit), salt);
    assertThat(key.open(nonce, Ciphertext.owning(base64(CIPHERTEXT)))).isEqualTo(PLAINTEXT);
  }

  @Test
  void refusesEverySmallOrderKeyWithAndWithoutItsTopBit() {
    String[] smallOrder = {
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
      "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
    };
    for (String hex : smallOrder) {
      byte[] key = HexFormat.of().parseHex(hex);
      assertThatExceptionOfType(UndecryptableException.class)
          .isThrownBy(() -> node.derive(X25519PublicKey.copyOf(key), salt));
      byte[] topBit = key.clone();
      topBit[31] |= (byte) 0x80;
      assertThatExceptionOfType(UndecryptableException.class)
          .isThrownBy(() -> node.derive(X25519PublicKey.copyOf(topBit), salt));
    }
  }

  @Test
  void derivesNothingOnceErased() {
    AgreementKeyPair pair = AgreementKeyPair.generate(new SecureRandom());
    pair.erase();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> pair.derive(client.publicKey(), salt));
  }

  @Test
  void drawsADifferentPairEachTime() {
    SecureRandom random = new SecureRandom();
    assertThat(AgreementKeyPair.generate(random).publicKey())
        .isNotEqualTo(AgreementKeyPair.generate(random).publicKey());
  }

  @Test
  void printsNoKey() throws Exception {
    assertThat(client.toString()).isEqualTo("AgreementKeyPair[private key of 32 bytes]");
    assertThat(client.derive(node.publicKey(), salt).toString()).isEqualTo("SealingKey[32 bytes]");
  }

  private static byte[] bytesFrom(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }
}
