package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.EndlessUpload;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** A body that never ends: how much of it is taken, and what is left of its lock. */
public final class EndlessSteps {

  private static final int PIECE_BYTES = 16 * 1024;
  private static final int MEBIBYTE = 1024 * 1024;

  /** The most that Linux holds for both ends of a connection by default (tcp(7): 6 and 4 MiB). */
  private static final int BUFFERS_BYTES = 10 * MEBIBYTE;

  private final World world;
  private final Draft draft;
  private EndlessUpload upload;
  private CheckFailed lockLost;

  /** Made by Cucumber for each scenario. */
  public EndlessSteps(World world, Draft draft) {
    this.world = world;
    this.draft = draft;
  }

  @When("the client sends a body without end, and then an unharmed request on the same lock")
  public void sendWithoutEnd() {
    TestClient client = draft.client();
    Twins.around(
        client,
        draft.recipe(),
        () -> {
          LockGrant lock = client.lock();
          SealedRequest request = Harm.none().seal(client, draft.recipe(), lock);
          // Blanks could be the beginning of any JSON: only their number is wrong.
          Bytes blanks = Bytes.utf8(" ".repeat(PIECE_BYTES));
          world.run().countRequest();
          upload =
              client
                  .messenger()
                  .sendEndless(client.call(request).withBody(blanks), most(), client.deadline());
          return reuse(client, lock);
        });
  }

  @Then("it is stopped before much more than the cap is taken")
  public void isStopped() {
    Exchange exchange = upload.exchange();
    String expected = "a body without end refused, or its connection reset, soon after the cap";
    if (upload.takenBytes() >= most()) {
      throw new CheckFailed(expected, "more than the cap, 1 MiB and all buffers taken");
    }
    if (exchange.answer().isPresent()) {
      Refusal.TOO_LARGE.judge("a body without end", exchange, world.check());
    }
  }

  @Then("its lock still serves")
  public void lockStillServes() {
    if (lockLost != null) {
      throw new CheckFailed(
          "the lock kept after a body without end", "a good request on it: " + lockLost.seen());
    }
  }

  private OpenedAnswer reuse(TestClient client, LockGrant lock) {
    SealedRequest again = Harm.none().seal(client, draft.recipe(), lock);
    try {
      return client.completed(client.open(client.send(again), again));
    } catch (CheckFailed failed) {
      lockLost = failed;
      return null;
    }
  }

  private long most() {
    return (long) world.profile().limits().bodyBytes() + MEBIBYTE + BUFFERS_BYTES;
  }
}
