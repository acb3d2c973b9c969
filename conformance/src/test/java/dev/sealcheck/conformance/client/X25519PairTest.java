package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7748 and docs/PROTOCOL.md section 3. */
class X25519PairTest {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  @Test
  void computesTheScalarMultiplicationsOfTheRfc() {
    // RFC 7748 section 5.2; the second u-coordinate has bit 255 set.
    assertThat(
            shared(
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    assertThat(
            shared(
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"))
        .isEqualTo("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
  }

  @Test
  void agreesAsTheRfcsDiffieHellmanExample() {
    // RFC 7748 section 6.1
    X25519Pair alice = pair("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    X25519Pair bob = pair("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    String secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

    assertThat(alice.publicKey().bytes().toHex())
        .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    assertThat(bob.publicKey().bytes().toHex())
        .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    assertThat(alice.sharedSecret(bob.publicKey()).toHex()).isEqualTo(secret);
    assertThat(bob.sharedSecret(alice.publicKey()).toHex()).isEqualTo(secret);
  }

  @Test
  void derivesThePublicKeysOfTheProtocolsVector() {
    assertThat(Vector.CLIENT.publicKey().base64()).isEqualTo(Vector.CLIENT_PUBLIC);
    assertThat(Vector.NODE.publicKey().base64()).isEqualTo(Vector.NODE_PUBLIC);
  }

  @Test
  void agreesWithItsPeer() {
    X25519Pair one = X25519Pair.fresh();
    X25519Pair other = X25519Pair.fresh();

    assertThat(one.sharedSecret(other.publicKey())).isEqualTo(other.sharedSecret(one.publicKey()));
    assertThat(one.publicKey()).isNotEqualTo(other.publicKey());
  }

  @Test
  void ignoresBit255OfThePeer() {
    X25519Pair pair = X25519Pair.fresh();
    X25519PublicKey peer = X25519Pair.fresh().publicKey();
    X25519PublicKey topBitSet = new X25519PublicKey(peer.bytes().flippedBit(255));

    assertThat(pair.sharedSecret(topBitSet)).isEqualTo(pair.sharedSecret(peer));
  }

  @Test
  void reducesACoordinateOfPOrMore() {
    X25519Pair pair = X25519Pair.fresh();

    assertThat(pair.sharedSecret(key(P.add(BigInteger.valueOf(9)))))
        .isEqualTo(pair.publicKey().bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
      })
  void refusesKeysOfSmallOrder(String hex) {
    X25519PublicKey key = new X25519PublicKey(Bytes.hex(hex));
    X25519PublicKey topBitSet = new X25519PublicKey(key.bytes().flippedBit(255));
    X25519Pair pair = X25519Pair.fresh();

    assertThatThrownBy(() -> pair.sharedSecret(key)).isInstanceOf(SmallOrderKey.class);
    assertThatThrownBy(() -> pair.sharedSecret(topBitSet)).isInstanceOf(SmallOrderKey.class);
  }

  @Test
  void refusesSecretsOfAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> X25519Pair.ofInsecureKnownSecret(Bytes.random(31)))
        .withMessageContaining("31");
  }

  private static String shared(String secret, String peer) {
    return pair(secret).sharedSecret(new X25519PublicKey(Bytes.hex(peer))).toHex();
  }

  private static X25519Pair pair(String secret) {
    return X25519Pair.ofInsecureKnownSecret(Bytes.hex(secret));
  }

  private static X25519PublicKey key(BigInteger u) {
    byte[] littleEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      littleEndian[i] = u.shiftRight(8 * i).byteValue();
    }
    return new X25519PublicKey(Bytes.of(littleEndian));
  }
}
