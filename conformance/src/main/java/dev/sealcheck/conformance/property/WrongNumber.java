package dev.sealcheck.conformance.property;

import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sealcheck.conformance.client.Envelope;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A number that is no positive integer of 63 bits without fraction and exponent.
 *
 * @param field one of the two that hold integers
 * @param json the number as it is written
 */
record WrongNumber(String field, String json) {

  /** The largest integer of docs/PROTOCOL.md section 2. */
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  static Arbitrary<WrongNumber> any() {
    Arbitrary<BigInteger> small =
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.valueOf(100_000));
    Arbitrary<String> notPositive =
        Arbitraries.bigIntegers()
            .between(LARGEST.shiftLeft(2).negate(), BigInteger.ZERO)
            .map(BigInteger::toString);
    Arbitrary<String> tooLarge =
        Arbitraries.bigIntegers()
            .between(LARGEST.add(BigInteger.ONE), LARGEST.shiftLeft(4))
            .map(BigInteger::toString);
    Arbitrary<String> fractions =
        Combinators.combine(small, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(4))
            .as((whole, digits) -> whole + "." + digits);
    Arbitrary<String> exponents =
        Combinators.combine(small, Arbitraries.of("e", "E", "e+", "e-"), small)
            .as((whole, sign, digits) -> whole + sign + digits.mod(BigInteger.TEN));
    return Combinators.combine(
            Arbitraries.of("stack_small_id", "num_compute_units"),
            Arbitraries.oneOf(notPositive, tooLarge, fractions, exponents))
        .as(WrongNumber::new);
  }

  /** The envelope with the number in the field. */
  Envelope in(Envelope envelope) {
    return envelope.with(field, new POJONode(new RawValue(json)));
  }

  @Override
  public String toString() {
    return "with " + json + " for " + field;
  }
}
