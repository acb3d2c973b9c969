package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Transcript;
import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What one running test tells the runner about itself beside passing or failing. */
public final class CheckRecord {

  private static final int FINDINGS_LIMIT = 50;

  private final TestKey key;
  private final String requirementId;
  private final String name;
  private final long seed;
  private final Deadline deadline;
  private final AtomicInteger sealedExchanges = new AtomicInteger();
  private final List<Finding> findings = new ArrayList<>();
  private final AtomicReference<Transcript> transcript = new AtomicReference<>();

  CheckRecord(
      TestKey key,
      String requirementId,
      String name,
      long seed,
      SuiteClock clock,
      Duration scenarioLimit) {
    this.key = key;
    this.requirementId = requirementId;
    this.name = name;
    this.seed = seed;
    this.deadline = Deadline.in(clock, scenarioLimit);
  }

  /** Which test this is. */
  public TestKey key() {
    return key;
  }

  /** The requirement that the test is about; empty text where it names none. */
  public String requirementId() {
    return requirementId;
  }

  /** The name of the test for people. */
  public String name() {
    return name;
  }

  /**
   * The seed of this test's inputs, made of the run's seed and the key; never for keys or nonces.
   */
  public long seed() {
    return seed;
  }

  /** When the time limit of the whole test ends. */
  public Deadline deadline() {
    return deadline;
  }

  /**
   * Notes that an exchange with fresh keys came to an answer that opened. A test without one is
   * NOT_RUN even where it succeeds.
   */
  public void sealedExchange() {
    sealedExchanges.incrementAndGet();
  }

  /** How many sealed exchanges were completed. */
  public int sealedExchanges() {
    return sealedExchanges.get();
  }

  /** Notes a deviation that is no failure; the first fifty are kept. */
  public void warn(String expected, String seen) {
    synchronized (findings) {
      Finding finding = new Finding(expected, seen);
      if (findings.size() < FINDINGS_LIMIT && !findings.contains(finding)) {
        findings.add(finding);
      }
    }
  }

  /** The deviations noted so far, without repetition. */
  public List<Finding> findings() {
    synchronized (findings) {
      return List.copyOf(findings);
    }
  }

  /** Keeps the recorded exchanges of the test for the reports. */
  public void keepTranscript(Transcript recorded) {
    transcript.set(recorded);
  }

  /** The recorded exchanges; empty where none were kept. */
  public Optional<Transcript> transcript() {
    return Optional.ofNullable(transcript.get());
  }
}
