package dev.sealcheck.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check value of docs/PROTOCOL.md section 5, RFC 8032 section 7.1, and what is refused. */
class SignatureEnvelopeTest {

  private static final String ENVELOPE =
      "AP+b5EjxWPQPytv2RKsC54WhhiggYJrUsDpqZA3WwMIefKGodbo/PQ36+j/q1RQ33TlLDqwsNwvyydHMHe/fPwjq"
          + "Smxj4pxSCr71UHsTLsX5lUd2rr6+e5JCHuppFEbSLA==";

  private final BodyHash hash =
      BodyHash.copyOf(Base64.getDecoder().decode("zTZU7H7qI1sQqvT51S5fvsxYo+G2xDK+VShelxPQgro="));

  @Test
  void signsTheCheckValue() {
    SigningKey key = key(SignatureScheme.ED25519);
    assertThat(key.sign(hash).toText()).isEqualTo(ENVELOPE);
    assertThat(key.address().text())
        .isEqualTo("0xa0ccc8bcc83f6c628340134f8546a21e0618fd1aaa02432bba454c4a2c2233da");
  }

  @Test
  void verifiesTheCheckValueAndNoOtherHash() throws Exception {
    SignatureEnvelope envelope = SignatureEnvelope.parse(ENVELOPE);
    assertThat(envelope.verifies(hash)).isTrue();
    assertThat(envelope.verifies(BodyHash.copyOf(new byte[32]))).isFalse();
  }

  @Test
  void signsTheEmptyMessageAsInRfc8032() {
    byte[] seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    byte[] publicKey = Ed25519Keys.publicKey(seed);
    assertThat(publicKey)
        .isEqualTo(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    byte[] signature = Ed25519Keys.sign(seed, publicKey, new byte[0]);
    assertThat(signature)
        .isEqualTo(
            hex(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                    + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
    assertThat(Ed25519Keys.verify(publicKey, new byte[0], signature)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void verifiesWhatItSignedInEveryScheme(SignatureScheme scheme) throws Exception {
    SigningKey key = key(scheme);
    SignatureEnvelope envelope = SignatureEnvelope.parse(key.sign(hash).toText());
    assertThat(envelope.verifies(hash)).isTrue();
    assertThat(envelope.address()).isEqualTo(key.address());
    assertThat(envelope.verifies(BodyHash.copyOf(new byte[32]))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryFlippedBit(SignatureScheme scheme) {
    byte[] good = Base64.getDecoder().decode(key(scheme).sign(hash).toText());
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(accepts(bad)).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryOtherLength(SignatureScheme scheme) {
    byte[] good = Base64.getDecoder().decode(key(scheme).sign(hash).toText());
    for (int length = 0; length < good.length + 3; length++) {
      byte[] bad = Arrays.copyOf(good, length);
      assertThat(accepts(bad)).as("length %d", length).isEqualTo(length == good.length);
    }
  }

  @Test
  void refusesHighS() {
    for (SignatureScheme scheme :
        new SignatureScheme[] {SignatureScheme.SECP256K1, SignatureScheme.SECP256R1}) {
      byte[] envelope = Base64.getDecoder().decode(key(scheme).sign(hash).toText());
      BigInteger order =
          CustomNamedCurves.getByName(scheme.name().toLowerCase(java.util.Locale.ROOT)).getN();
      BigInteger s = new BigInteger(1, Arrays.copyOfRange(envelope, 33, 65));
      byte[] high = order.subtract(s).toByteArray();
      for (int i = 0; i < 32; i++) {
        int from = high.length - 32 + i;
        envelope[33 + i] = from < 0 ? 0 : high[from];
      }
      assertThat(accepts(envelope)).isFalse();
    }
  }

  @Test
  void refusesPointsOffTheCurveAndOtherPointFormsWithoutACrash() {
    for (SignatureScheme scheme : SignatureScheme.values()) {
      for (int first : new int[] {0x00, 0x02, 0x03, 0x04, 0x06, 0xff}) {
        byte[] envelope = Base64.getDecoder().decode(key(scheme).sign(hash).toText());
        Arrays.fill(envelope, 65, envelope.length, (byte) 0xff);
        envelope[65] = (byte) first;
        assertThat(accepts(envelope)).isFalse();
      }
    }
  }

  @Test
  void refusesTextThatIsNotCanonicalBase64() {
    for (String text :
        new String[] {"", "A", "AA==", ENVELOPE + "\n", ENVELOPE.replace("==", ""), "*", "AP+b"}) {
      assertThatExceptionOfType(MalformedMessageException.class)
          .isThrownBy(() -> SignatureEnvelope.parse(text));
    }
  }

  private boolean accepts(byte[] envelope) {
    try {
      return SignatureEnvelope.parse(Base64Text.encode(envelope)).verifies(hash);
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  private static SigningKey key(SignatureScheme scheme) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    return SigningKey.of(scheme, secret);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
