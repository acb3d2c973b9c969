package dev.sealcheck.conformance.run.sample.property;

import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Properties that end in each way that the runner must tell apart. */
@RequirementProperties
public final class SampleProperties {

  /** What {@link #passes} was given since it was cleared. */
  public static final List<Long> INPUTS = new ArrayList<>();

  /** How often {@link #isNotRun} was tried since it was set to zero. */
  public static int tries;

  /** How often {@link #doesNotSayHowOften} was tried since it was set to zero. */
  public static int untold;

  @Property(tries = 20)
  @Tag("AAA-16")
  @Tag("must")
  @Tag("hardened")
  void passes(@ForAll long input, CheckRecord check) {
    INPUTS.add(input);
    check.sealedExchange();
  }

  @Property(tries = 100)
  @Tag("AAA-17")
  @Tag("must")
  @Tag("hardened")
  void fails(@ForAll long input, CheckRecord check) {
    check.sealedExchange();
    if (input > 10 || input < -10) {
      throw new CheckFailed("a small number", "the number " + input);
    }
  }

  @Property(tries = 100)
  @Tag("AAA-18")
  @Tag("must")
  @Tag("hardened")
  void isNotRun(@ForAll long input) {
    tries++;
    if (tries > 3) {
      throw new NotRun("the twin failed");
    }
  }

  @Property(tries = 20)
  @Tag("AAA-19")
  @Tag("must")
  @Tag("hardened")
  void hasNoInputs(@ForAll long input) {
    Assume.that(false);
  }

  @Property
  @Tag("AAA-25")
  @Tag("must")
  @Tag("hardened")
  void failsForAccents(@ForAll("texts") String text, CheckRecord check) {
    check.sealedExchange();
    if (text.contains("\u00e9")) {
      throw new CheckFailed("no accent", "an accent");
    }
  }

  @Property
  @Tag("AAA-26")
  @Tag("must")
  @Tag("hardened")
  void doesNotSayHowOften(@ForAll long input, CheckRecord check) {
    untold++;
    check.sealedExchange();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab\u00e9").ofMaxLength(20);
  }
}
