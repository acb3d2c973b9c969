package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The ends of the ranges of r and s, on the order of secp256k1. */
class CompactEcdsaTest {
  private static final BigInteger ORDER = Secp256k1.order();
  private static final BigInteger HALF = ORDER.shiftRight(1);

  @Test
  void takesEveryREveryLowS() {
    assertThat(inRange(BigInteger.ONE, BigInteger.ONE)).isTrue();
    assertThat(inRange(ORDER.subtract(BigInteger.ONE), HALF)).isTrue();
  }

  @Test
  void refusesWhatIsOutside() {
    assertThat(inRange(BigInteger.ZERO, BigInteger.ONE)).isFalse();
    assertThat(inRange(ORDER, BigInteger.ONE)).isFalse();
    assertThat(inRange(BigInteger.ONE, BigInteger.ZERO)).isFalse();
    assertThat(inRange(BigInteger.ONE, HALF.add(BigInteger.ONE))).isFalse();
  }

  @Test
  void refusesAnotherLength() {
    Bytes good = CompactEcdsa.lowS(BigInteger.ONE, BigInteger.ONE, ORDER);

    assertThat(CompactEcdsa.inRange(good.slice(0, 63), ORDER)).isFalse();
    assertThat(CompactEcdsa.inRange(Bytes.concat(good, Bytes.hex("00")), ORDER)).isFalse();
  }

  @Test
  void bringsOnlyAHighSToTheLowHalf() {
    BigInteger high = HALF.add(BigInteger.ONE);

    assertThat(CompactEcdsa.s(CompactEcdsa.lowS(BigInteger.ONE, HALF, ORDER))).isEqualTo(HALF);
    assertThat(CompactEcdsa.s(CompactEcdsa.lowS(BigInteger.ONE, high, ORDER)))
        .isEqualTo(ORDER.subtract(high));
  }

  private static boolean inRange(BigInteger r, BigInteger s) {
    return CompactEcdsa.inRange(Bytes.concat(CompactEcdsa.fixed(r), CompactEcdsa.fixed(s)), ORDER);
  }
}
