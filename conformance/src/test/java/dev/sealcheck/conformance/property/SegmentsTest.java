package dev.sealcheck.conformance.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentsTest {

  @Test
  void saysADifferentTextInEachEvent() {
    assertThat(new Segments(12, List.of(), Set.of(), false).words())
        .hasSize(12)
        .doesNotHaveDuplicates()
        .noneMatch(String::isEmpty);
  }

  @Test
  void showsHowItCuts() {
    assertThat(new Segments(2, List.of(500, 3), Set.of(1, 0), true))
        .hasToString("2 texts, cut at [3, 500] thousandths, comments inside events [0, 1]");
  }
}
