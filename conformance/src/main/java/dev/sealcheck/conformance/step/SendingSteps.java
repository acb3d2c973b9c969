package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A drafted request on its way: sent in each way in which it is harmed, refused or answered. */
public final class SendingSteps {

  /** docs/PROTOCOL.md section 9. */
  private static final int UNDECRYPTABLE_STATUS = 400;

  private final World world;
  private final Draft draft;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, Optional<CheckFailed>> afterwards = new LinkedHashMap<>();
  private final List<CheckFailed> unanswered = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public SendingSteps(World world, Draft draft) {
    this.world = world;
    this.draft = draft;
  }

  @When("the client sends it")
  public void send() {
    betweenTwins((words, harm) -> attempt(words, harm, draft.client().lock()));
  }

  @When("the client sends it, and then an unharmed one on the same lock")
  public void sendAndReuseTheLock() {
    betweenTwins(
        (words, harm) -> {
          LockGrant lock = draft.client().lock();
          attempt(words, harm, lock);
          SealedRequest again = Harm.none().seal(draft.client(), draft.recipe(), lock);
          afterwards.put(words, failure(again, draft.client().send(again)));
        });
  }

  @When("the client sends it and opens the answer")
  public void sendAndOpen() {
    draft
        .harms()
        .forEach(
            (words, harm) -> {
              SealedRequest request = harmed(harm, draft.client().lock());
              failure(request, sent(harm, request))
                  .map(failed -> new CheckFailed(words + ": " + failed.expected(), failed.seen()))
                  .ifPresent(unanswered::add);
            });
  }

  @Then("it is refused as {refusal}")
  public void isRefusedAs(Refusal refusal) {
    attempts.forEach(attempt -> attempt.requireRefused(refusal, world));
  }

  @Then("it is answered")
  public void isAnswered() {
    for (CheckFailed failed : unanswered) {
      throw failed;
    }
  }

  @Then("the lock still serves")
  public void lockStillServes() {
    afterwards.forEach(
        (words, failure) ->
            failure.ifPresent(
                lost -> {
                  throw new CheckFailed(
                      "the lock kept after a request " + words,
                      "a good request on it: " + lost.seen());
                }));
  }

  @Then("all ways in which it cannot be opened get the same answer")
  public void refusalsAreTheSame() {
    Attempt first = attempts.get(0);
    for (Attempt attempt : attempts) {
      Exchange seen = attempt.exchange();
      if (!seen.isAnswered() || seen.status() != UNDECRYPTABLE_STATUS) {
        throw new CheckFailed(
            "status " + UNDECRYPTABLE_STATUS + " for " + attempt.what(),
            seen.isAnswered() ? "status " + seen.status() : seen.outcome());
      }
      if (!seen.body().equals(first.exchange().body())) {
        throw new CheckFailed(
            "one body for " + first.what() + " and for " + attempt.what(), "two that differ");
      }
    }
  }

  @Then("each way has the same effect on its lock")
  public void effectsAreTheSame() {
    Map<Boolean, String> effects = new LinkedHashMap<>();
    afterwards.forEach((words, failure) -> effects.putIfAbsent(failure.isEmpty(), words));
    if (effects.size() > 1) {
      throw new CheckFailed(
          "one effect on the lock, whatever cannot be opened",
          "kept after " + effects.get(true) + ", gone after " + effects.get(false));
    }
  }

  private void betweenTwins(BiConsumer<String, Harm> each) {
    Twins.around(
        draft.client(),
        draft.recipe(),
        () -> {
          draft.harms().forEach(each);
          return null;
        });
  }

  private void attempt(String words, Harm harm, LockGrant lock) {
    SealedRequest request = harmed(harm, lock);
    attempts.add(Attempt.of(world, "a request " + words, () -> sent(harm, request)));
  }

  private SealedRequest harmed(Harm harm, LockGrant lock) {
    return harm.seal(draft.client(), draft.recipe(), lock);
  }

  private Exchange sent(Harm harm, SealedRequest request) {
    return draft.client().send(request, harm.sending());
  }

  /** Why that is no good answer; empty where it is one. */
  private Optional<CheckFailed> failure(SealedRequest request, Exchange answer) {
    TestClient client = draft.client();
    try {
      client.completed(client.open(answer, request));
      return Optional.empty();
    } catch (CheckFailed failed) {
      return Optional.of(failed);
    }
  }
}
