package dev.sealcheck.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.verdict.Hung;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final HandClock clock = new HandClock();

  @Test
  void countsDownAndThenThrowsHung() {
    Deadline deadline = Deadline.in(clock, Duration.ofSeconds(2));
    clock.advance(Duration.ofMillis(500));

    assertThat(deadline.remaining("the answer")).isEqualTo(Duration.ofMillis(1500));
    clock.advance(Duration.ofMillis(1500));
    assertThat(deadline.isPast()).isTrue();
    assertThatThrownBy(() -> deadline.remaining("the answer"))
        .isInstanceOf(Hung.class)
        .hasMessage("the answer did not come within 2000 ms");
  }
}
