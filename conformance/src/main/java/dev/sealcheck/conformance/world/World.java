package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.exchange.Transcript;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.UserLoan;
import dev.sealcheck.conformance.verdict.NotRun;

/**
 * One check while it runs: its record, its user and its requests. Made for each scenario by
 * Cucumber and for each property by its hook.
 */
public final class World implements AutoCloseable {

  private TestRun run;
  private CheckRecord check;
  private Transcript transcript;
  private UserLoan loan;
  private TestClient client;
  private Recipes recipes;

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

  /** What this check tells the runner. */
  public CheckRecord check() {
    return check;
  }

  /** A client with a user that no other check uses meanwhile. */
  public TestClient client() {
    if (client == null) {
      borrow(false);
    }
    return client;
  }

  /**
   * A client whose user has no lock left from before, for checks that count locks.
   *
   * @throws IllegalStateException if the check has used a user already
   */
  public TestClient quietClient() {
    if (client != null) {
      throw new IllegalStateException("a quiet user must be asked for first");
    }
    borrow(true);
    return client;
  }

  /** The requests of this check. */
  public Recipes recipes() {
    if (recipes == null) {
      recipes = new Recipes(run.target().chatModel(), check.seed());
    }
    return recipes;
  }

  /** Waits until the clock has reached {@code nanos}, which must be within the check's time. */
  public void awaitNanoTime(long nanos) {
    if (nanos - check.deadline().endNanos() > 0) {
      throw new NotRun("the wait that this check needs is longer than a check may take");
    }
    try {
      run.clock().awaitNanoTime(nanos);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    }
  }

  @Override
  public void close() {
    if (loan != null) {
      loan.close();
    }
    if (transcript != null) {
      transcript.close();
    }
  }

  private void borrow(boolean quiet) {
    try {
      loan =
          quiet ? run.users().borrowQuiet(check.deadline()) : run.users().borrow(check.deadline());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new NotRun("the run was interrupted");
    }
    client = new TestClient(run, check, loan.user(), run.messenger().recordingTo(transcript));
  }
}
