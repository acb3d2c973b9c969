package dev.sealcheck.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;

/** RFC 7748 section 5.2 and RFC 5869 appendix A, on the primitives this package stands on. */
class PublishedVectorsTest {

  @Test
  void multipliesAsInRfc7748() {
    byte[] scalar = hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
    byte[] point = hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    byte[] result = new byte[32];
    X25519.scalarMult(scalar, 0, point, 0, result, 0);
    assertThat(result)
        .isEqualTo(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
  }

  @Test
  void multipliesTheBasePointOnceAsInRfc7748() {
    byte[] nine = new byte[32];
    nine[0] = 9;
    assertThat(AgreementKeyPair.ofInsecureKnownKey(nine).publicKey().toArray())
        .isEqualTo(hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
  }

  @Test
  void derivesAsInRfc5869Case1() {
    assertThat(
            Hkdf.derive(
                hex("0b".repeat(22)),
                hex("000102030405060708090a0b0c"),
                hex("f0f1f2f3f4f5f6f7f8f9"),
                42))
        .isEqualTo(
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                    + "34007208d5b887185865"));
  }

  @Test
  void derivesAsInRfc5869Case3WithoutSaltAndInfo() {
    assertThat(Hkdf.derive(hex("0b".repeat(22)), new byte[0], new byte[0], 42))
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
