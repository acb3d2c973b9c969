package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnTest {

  private static final SuiteClock CLOCK = SuiteClock.system();
  private final Turn turn = new Turn("rotate a node's key", CLOCK);

  @Test
  void isOnesAtATime() throws Exception {
    try (AutoCloseable first = turn.take(in(Duration.ofSeconds(30)))) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> turn.take(in(Duration.ZERO)))
          .isInstanceOf(NotRun.class)
          .hasMessageContaining("rotate a node's key");
    }
    try (AutoCloseable second = turn.take(in(Duration.ZERO))) {
      assertThat(second).isNotNull();
    }
  }

  private static Deadline in(Duration time) {
    return Deadline.in(CLOCK, time);
  }
}
