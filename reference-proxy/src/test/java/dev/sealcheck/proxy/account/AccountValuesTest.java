package dev.sealcheck.proxy.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountValuesTest {

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refusesIdsThatAreNotPositive(long value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new UserId(value));
    assertThatIllegalArgumentException().isThrownBy(() -> new StackId(value));
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeOffer(value, 1));
  }

  @Test
  void refusesNegativeBalance() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new User(Fixture.ANN, TokenHash.of("ann"), -1));
  }

  @Test
  void hasTheSizesOfTheProtocolByDefault() {
    assertThat(AccountSettings.defaults())
        .isEqualTo(new AccountSettings(1_000_000, 16_777_216, 10_000, 10_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1,1",
    "1,0,1,1",
    "1,1,0,1",
    "1,1,1,0",
    "9007199254740992,1,1,1",
    "1,1,1000001,1"
  })
  void refusesSettingsOutsideTheirRange(long stack, long imageStack, int locks, int stacks) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccountSettings(stack, imageStack, locks, stacks));
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, 5, 5",
    "1000000, 0, 0",
    "1, 1, 1",
    "1, 1000000, 1",
    "1000001, 1, 2",
    "999999, 1, 1",
    "9007199254740991, 9223372036854775807, 83076749736557232824108705159",
  })
  void costsItsSizeTimesThePriceRoundedUp(long size, long price, BigInteger cost) {
    assertThat(new NodeOffer(1, price).costOf(size)).isEqualTo(cost);
  }

  @Test
  void refusesNegativePrice() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeOffer(1, -1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void refusesOrderOfNoUnits(long units) {
    assertThatIllegalArgumentException().isThrownBy(() -> Fixture.order(units));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT600.000000001S", "PT2562047788015215H"})
  void refusesTimeoutOutsideItsRange(Duration timeout) {
    assertThatIllegalArgumentException().isThrownBy(() -> Fixture.order(1, timeout));
  }

  @Test
  void takesTheLongestTimeout() {
    assertThat(Fixture.order(1, Duration.ofMinutes(10)).timeout()).isEqualTo(LockOrder.MAX_TIMEOUT);
  }

  @Test
  void refusesOrderWithoutModel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LockOrder("", false, 1, Fixture.TIMEOUT, List.of()));
  }

  @Test
  void refusesOffersThatAreNotCheapestFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixture.order(1, Fixture.DEAR, Fixture.CHEAP));
  }

  @Test
  void refusesNodeThatIsOfferedTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixture.order(1, Fixture.CHEAP, Fixture.CHEAP));
  }
}
