package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The home of all state that the checks of one run share. Cucumber and jqwik create the objects of
 * the checks themselves, so they find the run by {@link #current()}; there is one run at a time in
 * a process, from {@link #open} to {@link #close}.
 */
public final class TestRun implements AutoCloseable {

  private static final int FINDINGS_LIMIT = 50;
  private static final AtomicReference<TestRun> CURRENT = new AtomicReference<>();

  private final Target target;
  private final Messenger messenger;
  private final SuiteClock clock;
  private final long seed;
  private final Optional<UserPool> users;
  private final Observations observations = new Observations();
  private final Pace pace;
  private final SuiteServers servers;
  private final Optional<UserPool> countingUsers;
  private final Turn rotationTurn;
  private final ConcurrentMap<TestKey, CheckRecord> records = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, List<Finding>> warnings = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Finding> refutations = new ConcurrentHashMap<>();

  private TestRun(
      Target target, SuiteServers servers, Messenger messenger, SuiteClock clock, long seed) {
    this.target = target;
    this.servers = servers;
    this.pace = new Pace(target.budget(), clock);
    this.messenger = messenger;
    this.clock = clock;
    this.seed = seed;
    this.users = pool(target.users(), clock);
    this.countingUsers = pool(counting(target), clock);
    this.rotationTurn = new Turn("rotate a node's key", clock);
  }

  /**
   * Starts a run and makes it the current one.
   *
   * @param messenger sends every call of the run; stays open when the run closes
   * @param seed of the inputs; keys, salts and nonces never depend on it
   * @throws IllegalStateException if another run is open in this process
   */
  public static TestRun open(Target target, Messenger messenger, SuiteClock clock, long seed) {
    return open(target, SuiteServers.none(clock), messenger, clock, seed);
  }

  /**
   * Starts a run with servers that the suite plays and makes it the current one.
   *
   * @param servers stay open when the run closes
   * @param messenger sends every call of the run; stays open when the run closes
   * @param seed of the inputs; keys, salts and nonces never depend on it
   * @throws IllegalStateException if another run is open in this process
   */
  public static TestRun open(
      Target target, SuiteServers servers, Messenger messenger, SuiteClock clock, long seed) {
    TestRun run = new TestRun(target, servers, messenger, clock, seed);
    if (!CURRENT.compareAndSet(null, run)) {
      throw new IllegalStateException("another run is open in this process");
    }
    return run;
  }

  /**
   * The open run.
   *
   * @throws IllegalStateException if none is open
   */
  public static TestRun current() {
    TestRun run = CURRENT.get();
    if (run == null) {
      throw new IllegalStateException("no run is open: checks only work inside the suite's runner");
    }
    return run;
  }

  /** Ends the run; {@link #current()} does not find it any more. */
  @Override
  public void close() {
    CURRENT.compareAndSet(this, null);
  }

  /** What is under test. */
  public Target target() {
    return target;
  }

  /** What sends the calls of all checks; a check takes a view that records to its transcript. */
  public Messenger messenger() {
    return messenger;
  }

  /** The clock that every wait goes through. */
  public SuiteClock clock() {
    return clock;
  }

  /** The seed of the run's inputs. */
  public long seed() {
    return seed;
  }

  /**
   * The users, each lent to one check at a time.
   *
   * @throws NotApplicable if no proxy is tested
   */
  public UserPool users() {
    return users.orElseThrow(() -> new NotApplicable("a proxy with users (--proxy)"));
  }

  /**
   * The users whose whole balance buys a few stacks only.
   *
   * @throws NotApplicable if there is none
   */
  public UserPool countingUsers() {
    return countingUsers.orElseThrow(
        () ->
            new NotApplicable(
                "a user whose balance buys a few stacks only (profile: users.counting)"));
  }

  /** The right to have a node of the target change its key. */
  public Turn rotationTurn() {
    return rotationTurn;
  }

  /** The servers that the suite plays. */
  public SuiteServers servers() {
    return servers;
  }

  /** What was seen over the whole run. */
  public Observations observations() {
    return observations;
  }

  /**
   * Counts one request to the target; blocks until the run's rate allows it.
   *
   * @throws dev.sealcheck.conformance.verdict.NotRun if the run's budget is used up
   */
  public void countRequest() {
    pace.take();
  }

  /** How many requests were counted. */
  public long requests() {
    return pace.requests();
  }

  /**
   * Opens the record of a test that begins.
   *
   * @param requirementId the requirement that the test names; empty text where it names none
   * @throws IllegalStateException if a test with that key has begun before in this run
   */
  public CheckRecord begin(TestKey key, String requirementId, String name) {
    CheckRecord check =
        new CheckRecord(key, requirementId, name, seedOf(key), clock, target.scenarioLimit());
    if (records.putIfAbsent(key, check) != null) {
      throw new IllegalStateException("a test began twice in one run: " + key.location());
    }
    return check;
  }

  /** The record of a test, or empty where it has not begun. */
  public Optional<CheckRecord> record(TestKey key) {
    return Optional.ofNullable(records.get(key));
  }

  /** The records of all tests that have begun. */
  public Collection<CheckRecord> records() {
    return List.copyOf(records.values());
  }

  /**
   * Notes a deviation that belongs to a requirement rather than to the running test; a PASS of that
   * requirement becomes a WARN. The first fifty are kept, repetitions are not.
   */
  public void warn(String requirementId, String expected, String seen) {
    Finding finding = new Finding(expected, seen);
    warnings.merge(
        requirementId,
        List.of(finding),
        (known, added) -> {
          if (known.size() >= FINDINGS_LIMIT || known.contains(finding)) {
            return known;
          }
          return Stream.concat(known.stream(), added.stream()).toList();
        });
  }

  /** The deviations noted with {@link #warn}, by requirement id. */
  public Map<String, List<Finding>> warnings() {
    return new TreeMap<>(warnings);
  }

  /**
   * Notes that the target broke a requirement in front of a test that is about another one. The
   * first time counts.
   */
  public void refute(String requirementId, String expected, String seen) {
    refutations.putIfAbsent(requirementId, new Finding(expected, seen));
  }

  /** The deviations noted with {@link #refute}, by requirement id. */
  public Map<String, Finding> refutations() {
    return new TreeMap<>(refutations);
  }

  private static Optional<UserPool> pool(List<TestUser> users, SuiteClock clock) {
    return users.isEmpty() ? Optional.empty() : Optional.of(new UserPool(users, clock));
  }

  private static List<TestUser> counting(Target target) {
    List<BearerToken> tokens = target.profile().accounts().counting();
    return IntStream.range(0, tokens.size())
        .mapToObj(i -> new TestUser("counting user " + (i + 1), tokens.get(i)))
        .toList();
  }

  /**
   * A seed that depends on the run's seed and the test, and on nothing that parallel runs change.
   */
  private long seedOf(TestKey key) {
    long mixed = seed;
    for (int i = 0; i < key.location().length(); i++) {
      // Knuth's 64-bit multiplier; spreads every character over all bits.
      mixed = (mixed ^ key.location().charAt(i)) * 6364136223846793005L + 1442695040888963407L;
    }
    return mixed;
  }
}
