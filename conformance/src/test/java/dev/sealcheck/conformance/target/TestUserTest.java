package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestUserTest {

  private static final long TOLERANCE = TestUser.EXPIRY_TOLERANCE.toNanos();

  private final TestUser user = TestUser.withRandomToken("a user");

  @Test
  void isQuietWhenItsLastLockHasEnded() {
    user.lockMade(100);
    user.lockMade(900);
    user.lockUsed();

    assertThat(user.quietAt()).hasValue(900 + TOLERANCE);
  }

  @Test
  void isQuietEarlierWhereNoLockIsLeftThatLivesLonger() {
    user.lockMade(100);
    user.lockMade(900);
    user.noLockAfter(500);

    assertThat(user.quietAt()).hasValue(500 + TOLERANCE);
  }

  @Test
  void isNotQuietLaterBecauseOfWhatIsKnownOfItsLocks() {
    user.lockMade(100);
    user.noLockAfter(500);

    assertThat(user.quietAt()).hasValue(100 + TOLERANCE);
  }

  @Test
  void remembersUnitsUntilTheyTurnOutWrong() {
    user.noteFreeUnits(7, 1_000);
    user.noteFreeUnits(7, 900);
    user.noteFreeUnits(8, 10);

    assertThat(user.freeUnits()).containsExactlyInAnyOrderEntriesOf(Map.of(7L, 900L, 8L, 10L));

    user.forgetFreeUnits();

    assertThat(user.freeUnits()).isEmpty();
  }
}
