package dev.sealcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KindTest {

  @Test
  void everyKindIsPickedAndTheWeightsFillTheWhole() {
    Set<Kind> picked = EnumSet.noneOf(Kind.class);
    for (int roll = 0; roll < 1_000; roll++) {
      picked.add(Kind.pick(rolling(roll)));
    }
    assertThat(picked).isEqualTo(EnumSet.allOf(Kind.class));
  }

  @Test
  void oneSeedGivesOneMix() {
    Random one = new Random(7);
    Random same = new Random(7);
    for (int i = 0; i < 100; i++) {
      assertThat(Kind.pick(one)).isEqualTo(Kind.pick(same));
    }
  }

  private static Random rolling(int value) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public int nextInt(int bound) {
        return value;
      }
    };
  }
}
