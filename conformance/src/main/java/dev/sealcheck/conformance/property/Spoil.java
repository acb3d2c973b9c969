package dev.sealcheck.conformance.property;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A sign that base64 does not have, somewhere in a text of it.
 *
 * @param place counted around where the text is shorter
 * @param replaces whether it stands for a character or between two
 */
record Spoil(int place, char sign, boolean replaces) {

  private static final String WRONG_SIGNS = " \t\r\n-_.,!*=~\u0000\u00e9\u2603";
  private static final int LONGEST = 44;

  static Arbitrary<Spoil> any() {
    return Combinators.combine(
            Arbitraries.integers().between(0, LONGEST - 1),
            Arbitraries.chars().with(WRONG_SIGNS),
            Arbitraries.of(true, false))
        .as(Spoil::new);
  }

  /** The text with the sign; never the same text. */
  String of(String text) {
    // A padding sign in its right place would be no change, so the last two are left alone.
    int index = place % (text.length() - 2);
    return text.substring(0, index) + sign + text.substring(replaces ? index + 1 : index);
  }

  @Override
  public String toString() {
    return "with U+%04X %s character %d".formatted((int) sign, replaces ? "as" : "before", place);
  }
}
