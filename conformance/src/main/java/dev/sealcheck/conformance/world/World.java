package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.engine.EngineScript;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.exchange.Transcript;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.profile.RotationAccess;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.NodeLoan;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.target.UserLoan;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * One check while it runs: its record, its user and its requests. Made for each scenario by
 * Cucumber and for each property by its hook.
 */
public final class World implements AutoCloseable {

  private static final int MARKER_BYTES = 16;

  /** Marks the requests of this check for the engine; random, so that it blinds the body's hash. */
  private final String marker = Bytes.random(MARKER_BYTES).toHex();

  private final List<AutoCloseable> loans = new ArrayList<>();
  private TestRun run;
  private CheckRecord check;
  private Transcript transcript;
  private TestClient client;
  private Recipes recipes;
  private EngineScript script;
  private ScriptedNode node;
  private Rotation rotation;

  /** Binds this world to the check that begins; nothing is sent yet. */
  public void begin(TestRun current, CheckRecord record) {
    run = current;
    check = record;
    transcript = new Transcript();
    record.keepTranscript(transcript);
  }

  /** The run that this check belongs to. */
  public TestRun run() {
    return run;
  }

  /** What the user told about the target. */
  public Profile profile() {
    return run.target().profile();
  }

  /** What this check tells the runner. */
  public CheckRecord check() {
    return check;
  }

  /** What was sent and came back. */
  public Transcript transcript() {
    return transcript;
  }

  /**
   * The client of this check; unless another was asked for first, one with a user that no other
   * check uses meanwhile.
   */
  public TestClient client() {
    if (client == null) {
      client = ofProxy(() -> run.users().borrow(check.deadline()), chatModel());
    }
    return client;
  }

  /**
   * Makes the client one whose user has no lock left from before, for checks that count locks.
   *
   * @throws IllegalStateException if the check has a client already
   */
  public TestClient quietClient() {
    requireNoClient();
    client = ofProxy(() -> run.users().borrowQuiet(check.deadline()), chatModel());
    return client;
  }

  /**
   * Makes the client one whose user's whole balance buys a few stacks only and who has no lock
   * left, for checks that lock all there is.
   *
   * @throws IllegalStateException if the check has a client already
   */
  public TestClient countingClient() {
    requireNoClient();
    client = ofProxy(() -> run.countingUsers().borrowQuiet(check.deadline()), chatModel());
    return client;
  }

  /** Another client of the proxy, with a user of its own, beside the check's and as it. */
  public TestClient anotherClient() {
    client();
    if (run.users().size() < 2) {
      throw new NotApplicable("the token of a second user");
    }
    return ofProxy(() -> run.users().borrow(check.deadline()), client.model());
  }

  /** A client of the proxy with a token that no pool lends. */
  public TestClient clientWith(BearerToken token, String name) {
    TestUser user = new TestUser(name, token);
    return new TestClient(
        run,
        check,
        new Door.OfProxy(run.target(), user),
        Optional.of(user),
        chatModel(),
        messenger());
  }

  /**
   * A client like this one, with the same user, that asks for locks for another model.
   *
   * @throws IllegalStateException if the check's client stands in front of a node
   */
  public TestClient clientFor(String model) {
    TestClient own = client();
    return new TestClient(run, check, own.door(), Optional.of(own.user()), model, messenger());
  }

  /**
   * Makes the client one that stands in front of the node, signing as its proxy.
   *
   * @throws NotApplicable if the suite was given no node
   * @throws IllegalStateException if the check has a client already
   */
  public TestClient nodeClient() {
    requireNoClient();
    Door door = new Door.OfNode(profile().requireNode());
    client = new TestClient(run, check, door, Optional.empty(), chatModel(), messenger());
    return client;
  }

  /**
   * Puts a node that the suite plays behind the proxy, for this check alone; the client and the
   * recipes ask for its model.
   *
   * @throws NotApplicable if the proxy knows no such node
   * @throws IllegalStateException if the check has a client already
   */
  public ScriptedNode scriptedNode() {
    return node == null ? scriptedNode(any -> true) : node;
  }

  /**
   * As {@link #scriptedNode()}, a node that fits.
   *
   * @throws NotApplicable if the proxy knows no such node
   * @throws IllegalStateException if the check has a client already
   */
  public ScriptedNode scriptedNode(Predicate<ScriptedNode> fits) {
    if (node == null) {
      requireNoClient();
      run.users();
      NodeLoan loan = borrowed(() -> run.servers().nodes().borrow(fits, check.deadline()));
      loans.add(loan);
      node = loan.node();
      client = ofProxy(() -> run.users().borrowQuiet(check.deadline()), node.model());
    }
    return node;
  }

  /**
   * Puts the check in front of the node that changes its key when told to, for this check alone;
   * the client and the recipes ask for its model.
   *
   * @throws NotApplicable if the suite was told of no such node
   * @throws IllegalStateException if the check has a client already
   */
  public Rotation rotation() {
    if (rotation == null) {
      requireNoClient();
      RotationAccess access = profile().attestation().requireRotation();
      run.users();
      loans.add(borrowed(() -> run.rotationTurn().take(check.deadline())));
      rotation = new Rotation(this, access);
      client = ofProxy(() -> run.users().borrowQuiet(check.deadline()), access.model());
    }
    return rotation;
  }

  /**
   * The script by which the suite's engine serves the requests of this check.
   *
   * @throws NotApplicable if the suite does not play the engine
   */
  public EngineScript engine() {
    if (script == null) {
      script =
          run.servers()
              .engine()
              .orElseThrow(
                  () ->
                      new NotApplicable(
                          "an engine behind the node that the suite plays (--engine-port)"))
              .script(marker);
      loans.add(script);
    }
    return script;
  }

  /** How often this check reached the engine so far; empty where nobody can know. */
  public OptionalInt engineCalls() {
    return run.servers().engine().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(engine().calls().size());
  }

  /** The requests of this check. */
  public Recipes recipes() {
    if (recipes == null) {
      boolean ownNode = node != null || rotation != null;
      String model = ownNode ? client.model() : chatModel();
      recipes = new Recipes(model, marker, check.seed(), run.target().budget().maxTokens());
    }
    return recipes;
  }

  /** Waits until the clock has reached {@code nanos}, which must be within the check's time. */
  public void awaitNanoTime(long nanos) {
    if (nanos - check.deadline().endNanos() > 0) {
      throw new NotRun("the wait that this check needs is longer than a check may take");
    }
    borrowed(
        () -> {
          run.clock().awaitNanoTime(nanos);
          return true;
        });
  }

  /** Waits that long, which must be within the check's time. */
  public void await(Duration time) {
    awaitNanoTime(run.clock().nanoTime() + time.toNanos());
  }

  @Override
  public void close() {
    for (AutoCloseable loan : loans) {
      try {
        loan.close();
      } catch (Exception e) {
        throw new IllegalStateException("a loan cannot be given back", e);
      }
    }
    if (transcript != null) {
      transcript.close();
    }
  }

  private String chatModel() {
    return run.target().chatModel();
  }

  private Messenger messenger() {
    return run.messenger().recordingTo(transcript);
  }

  private TestClient ofProxy(Callable<UserLoan> borrow, String model) {
    UserLoan loan = borrowed(borrow);
    loans.add(loan);
    TestUser user = loan.user();
    return new TestClient(
        run, check, new Door.OfProxy(run.target(), user), Optional.of(user), model, messenger());
  }

  private void requireNoClient() {
    if (client != null) {
      throw new IllegalStateException("the kind of client must be asked for first");
    }
  }

  private static <T> T borrowed(Callable<T> wait) {
    try {
      return wait.call();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception unknown) {
      throw new IllegalStateException("waiting failed", unknown);
    }
  }
}
