package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

  @Test
  void limitsNothingWithoutLimits() {
    assertThat(Budget.none().limitsRequests()).isFalse();
    assertThat(Budget.none().limitsRate()).isFalse();
    assertThat(Budget.none().limitsTokens()).isFalse();
  }

  @Test
  void saysWhatItLimits() {
    Budget budget = new Budget(1, 0.5, 1);

    assertThat(budget.limitsRequests()).isTrue();
    assertThat(budget.limitsRate()).isTrue();
    assertThat(budget.limitsTokens()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, -0.1, 1", "1, NaN, 1", "1, Infinity, 1", "1, 1, 0"})
  void refusesNumbersOutOfRange(long requests, double rate, int tokens) {
    assertThatThrownBy(() -> new Budget(requests, rate, tokens))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
