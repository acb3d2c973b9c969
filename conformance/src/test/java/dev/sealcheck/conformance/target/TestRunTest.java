package dev.sealcheck.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.verdict.NotRun;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRunTest {

  private final HandClock clock = new HandClock();
  private final Messenger messenger = new Messenger(clock);
  private final TestRun run = TestRun.open(target("http://127.0.0.1:1/"), messenger, clock, 5);

  @AfterEach
  void close() {
    run.close();
    messenger.close();
  }

  @Test
  void isFoundWhileItIsOpenAndOnlyThen() {
    assertThat(TestRun.current()).isSameAs(run);
    run.close();
    assertThatThrownBy(TestRun::current).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void standsAloneInItsProcess() {
    assertThatThrownBy(() -> TestRun.open(run.target(), messenger, clock, 6))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesTheSameTestTwice() {
    TestKey key = TestKey.ofScenario(URI.create("classpath:features/a.feature"), 7);
    CheckRecord check = run.begin(key, "ENC-01", "one");

    assertThat(run.record(TestKey.ofFeature("features/a.feature", 7))).containsSame(check);
    assertThatThrownBy(() -> run.begin(key, "ENC-01", "one"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("features/a.feature:7");
  }

  @Test
  void givesEachTestASeedOfItsOwn() {
    CheckRecord one = run.begin(TestKey.ofProperty("a.B", "one"), "ENC-01", "one");
    CheckRecord two = run.begin(TestKey.ofProperty("a.B", "two"), "ENC-01", "two");

    assertThat(one.seed()).isNotEqualTo(two.seed());
    assertThat(one.deadline().limit()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void keepsFindingsOnceAndBounded() {
    CheckRecord check = run.begin(TestKey.ofProperty("a.B", "one"), "ENC-01", "one");
    for (int i = 0; i < 200; i++) {
      check.warn("a table", "a chair " + i);
      check.warn("a table", "a chair " + i);
      run.warn("STR-02", "an end", "an end " + i);
      run.warn("STR-02", "an end", "an end " + i);
    }

    assertThat(check.findings()).hasSize(50).doesNotHaveDuplicates();
    assertThat(run.warnings().get("STR-02")).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void remembersSignersAndNoncesOfTheWholeRun() {
    Observations seen = run.observations();

    assertThat(seen.signer(1, "0xa")).containsExactly("0xa");
    assertThat(seen.signer(1, "0xb")).containsExactlyInAnyOrder("0xa", "0xb");
    assertThat(seen.signersOf(2)).isEmpty();
    seen.answerNonce("nonce", "answer");
    seen.answerNonce("nonce", "answer");
    assertThat(seen.repeatedNonces()).isZero();
    seen.answerNonce("nonce", "another answer");
    assertThat(seen.repeatedNonces()).isEqualTo(1);
  }

  @Test
  void isNotRunWhereAModelIsNeededAndNoneIsKnown() {
    assertThatThrownBy(run.target()::chatModel).isInstanceOf(NotRun.class).hasMessage("no list");
    assertThat(Models.of(List.of("m1", "m2")).chatModel()).isEqualTo("m1");
  }

  @Test
  void dropsTrailingSlashesOfTheAddress() {
    assertThat(run.target().uri("/v1/models"))
        .isEqualTo(URI.create("http://127.0.0.1:1/v1/models"));
    assertThat(target("https://h/base//").uri("/x")).isEqualTo(URI.create("https://h/base/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h", "http:/h", "h", "http://h?q=1", "http://h#f", "http://u:p@h"})
  void refusesAddressesOfNoProxy(String address) {
    assertThatThrownBy(() -> target(address)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Target target(String address) {
    return Target.of(
        URI.create(address),
        List.of(TestUser.withRandomToken("user 1")),
        Models.none("no list"),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        false);
  }
}
