package dev.sealcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.bench.LeavingAccount.Departure;
import org.junit.jupiter.api.Test;

final class DepartureTest {

  private static final Departure STREAM = new Departure(Kind.LEFT_STREAM, 0, 5, 30, false);
  private static final Departure ANSWER = new Departure(Kind.RESET_ANSWER, 0, 30, 30, true);

  @Test
  void streamCostsAtLeastWhatWasSeenAndAtMostTheWhole() {
    assertThat(STREAM.allows(4, false)).isFalse();
    assertThat(STREAM.allows(5, false)).isTrue();
    assertThat(STREAM.allows(30, false)).isTrue();
    assertThat(STREAM.allows(31, false)).isFalse();
  }

  @Test
  void streamIsFreeOnlyWhereTheNodeFailed() {
    assertThat(STREAM.allows(0, false)).isFalse();
    assertThat(STREAM.allows(0, true)).isTrue();
    assertThat(STREAM.allows(4, true)).isFalse();
  }

  @Test
  void answerNobodyReadsCostsAllOrNothing() {
    assertThat(ANSWER.allows(0, false)).isTrue();
    assertThat(ANSWER.allows(29, false)).isFalse();
    assertThat(ANSWER.allows(30, false)).isTrue();
  }
}
