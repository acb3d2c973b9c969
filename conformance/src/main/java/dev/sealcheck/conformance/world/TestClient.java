package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.CannotOpen;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SmallOrderKey;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Speaks to the target, at the proxy as one user or at the node as its proxy. What is not a
 * well-formed, openable answer is a {@link CheckFailed}; {@link #rely} turns that into NOT_RUN
 * where the check is about something else.
 */
public final class TestClient {

  /** The life of a lock that names none, docs/PROTOCOL.md section 2. */
  public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(5);

  private final TestRun run;
  private final CheckRecord check;
  private final Door door;
  private final Optional<TestUser> user;
  private final String model;
  private final Messenger messenger;

  TestClient(
      TestRun run,
      CheckRecord check,
      Door door,
      Optional<TestUser> user,
      String model,
      Messenger messenger) {
    this.run = run;
    this.check = check;
    this.door = door;
    this.user = user;
    this.model = model;
    this.messenger = messenger;
  }

  /**
   * The user this client speaks for.
   *
   * @throws IllegalStateException if it stands in front of a node, which knows no users
   */
  public TestUser user() {
    return user.orElseThrow(() -> new IllegalStateException("a node knows no users"));
  }

  /** Where its requests go in. */
  public Door door() {
    return door;
  }

  /** The model that it asks for locks for. */
  public String model() {
    return model;
  }

  /** What sends its calls, for checks that need more than a call and its answer. */
  public Messenger messenger() {
    return messenger;
  }

  /** Runs what a check builds on but is not about; where it fails, the check says nothing. */
  public static <T> T rely(java.util.function.Supplier<T> step) {
    try {
      return step.get();
    } catch (CheckFailed broken) {
      throw new NotRun("what the check builds on failed: " + broken.getMessage());
    }
  }

  /** Asks for a lock with the defaults. */
  public Exchange askForLock() {
    return askForLock(DEFAULT_LOCK_TIMEOUT, lockRequest());
  }

  /** Asks for a lock that lives that many seconds. */
  public Exchange askForLock(int timeoutSeconds) {
    ObjectNode request = lockRequest();
    request.put("timeout", timeoutSeconds);
    return askForLock(Duration.ofSeconds(timeoutSeconds), request);
  }

  /** Asks for a lock of that many units that lives that many seconds. */
  public Exchange askForLock(long units, int timeoutSeconds) {
    ObjectNode request = lockRequest();
    request.put("max_num_tokens", units);
    request.put("timeout", timeoutSeconds);
    return askForLock(Duration.ofSeconds(timeoutSeconds), request);
  }

  /**
   * Asks for a lock with any body; {@code life} is what it would live if it were granted.
   *
   * @param body sent as it is
   */
  public Exchange askForLock(Bytes body, Duration life) {
    return askForLock(life, body);
  }

  /** The grant in the answer to a lock request. */
  public LockGrant grant(Exchange answer) {
    String expected = "a lock: status 200 with key, node and stack";
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed(expected, answer.outcome());
    }
    try {
      return LockGrant.parse(answer.body());
    } catch (MalformedAnswer malformed) {
      throw new CheckFailed(expected, malformed.field() + " " + malformed.rule());
    }
  }

  /** A lock with the defaults, or what stands for one at a node; NOT_RUN where there is none. */
  public LockGrant lock() {
    return door.standing().orElseGet(() -> rely(() -> grant(askForLock())));
  }

  /**
   * Seals for that lock, with fresh keys, salt and nonce; where evidence is required, only after
   * that for the lock's key was seen to hold.
   */
  public SealedRequest seal(RequestRecipe recipe, LockGrant lock) {
    if (user.isPresent() && run.target().profile().attestation().required()) {
      new AttestedKeys(run).require(lock, this);
    }
    try {
      return recipe.seal(lock);
    } catch (SmallOrderKey offered) {
      throw new CheckFailed("a usable node key in the lock", "a key of small order");
    }
  }

  /** Posts a request and takes the whole answer. */
  public Exchange send(SealedRequest request) {
    return note(send(call(request)));
  }

  /** As {@link #send(SealedRequest)}, with a change of the call that carries the request. */
  public Exchange send(SealedRequest request, UnaryOperator<HttpCall> change) {
    return note(send(change.apply(call(request))));
  }

  /** Sends any call as this user. */
  public Exchange send(HttpCall call) {
    run.countRequest();
    return watched(messenger.send(call, deadline()));
  }

  /**
   * What any error body gives away is noted for its own requirement, whatever the check is about.
   */
  private Exchange watched(Exchange exchange) {
    if (exchange.isAnswered() && exchange.status() >= 400) {
      new Leaks()
          .models(run.target().models().names())
          .in(exchange.body().toLenientUtf8())
          .ifPresent(
              found ->
                  run.warn(
                      "ERR-09",
                      "errors that give nothing away",
                      found + " in the body of a status " + exchange.status()));
    }
    return exchange;
  }

  /** The call that carries a request, with this user's token or the proxy's signature. */
  public HttpCall call(SealedRequest request) {
    return door.call(request);
  }

  /** The answer to a request that must have succeeded, opened. */
  public OpenedAnswer open(Exchange answer, SealedRequest request) {
    String expected = "a sealed answer: status 200, application/json, that opens";
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed(expected, answer.outcome());
    }
    if (answer.headers().mediaType().filter("application/json"::equals).isEmpty()) {
      throw new CheckFailed(expected, "another media type");
    }
    OpenedAnswer opened = open(expected, answer.body(), request);
    run.observations().answerNonce(opened.nonce().base64(), BodyHash.of(answer.body()).base64());
    return opened;
  }

  /** Lock, seal, send and open. */
  public OpenedAnswer complete(RequestRecipe recipe) {
    SealedRequest request = seal(recipe, lock());
    return completed(open(send(request), request));
  }

  /** As {@link #complete}, where the check is about something else. */
  public OpenedAnswer relyOn(RequestRecipe recipe) {
    return rely(() -> complete(recipe));
  }

  /** Notes that an exchange with fresh keys came to its end. */
  public OpenedAnswer completed(OpenedAnswer answer) {
    answer.json();
    check.sealedExchange();
    return answer;
  }

  /** As {@link #readStream}, and nothing may be missing from the stream. */
  public OpenedStream completeStream(RequestRecipe recipe) {
    return readStream(recipe).requireComplete();
  }

  /**
   * Lock, seal, send, and read the stream to its clean end, opening every event; there is at least
   * one, and which ones there are is for the check to judge.
   */
  public OpenedStream readStream(RequestRecipe recipe) {
    return readStream(seal(recipe, lock()));
  }

  /** As {@link #readStream(RequestRecipe)}, for a request that is sealed already. */
  public OpenedStream readStream(SealedRequest request) {
    try (LiveStream stream = openStream(request)) {
      OpenedStream whole = stream.readToEnd();
      check.sealedExchange();
      return whole;
    }
  }

  /** Sends a request whose stream the check reads, and leaves, itself; the head has come. */
  public LiveStream openStream(SealedRequest request) {
    return openStream(call(request), request, deadline());
  }

  /**
   * As {@link #openStream(SealedRequest)}, by that call.
   *
   * @param whole when the stream must have ended
   */
  public LiveStream openStream(HttpCall call, SealedRequest request, Deadline whole) {
    run.countRequest();
    long start = run.clock().nanoTime();
    LiveStream stream = new LiveStream(run, this, request, messenger.open(call, whole), start);
    boolean streams = false;
    try {
      LiveStream open = stream.requireHead();
      user.ifPresent(TestUser::lockUsed);
      streams = true;
      return open;
    } finally {
      if (!streams) {
        stream.close();
      }
    }
  }

  /** As {@link #readStream}, where the check is about what the events say. */
  public OpenedStream relyOnStream(RequestRecipe recipe) {
    return rely(() -> readStream(recipe));
  }

  /**
   * One sealed answer or the data of one event, opened.
   *
   * @param expected what it should be, for the report
   */
  public OpenedAnswer open(String expected, Bytes json, SealedRequest request) {
    try {
      OpenedAnswer opened = SealedAnswer.parse(json).open(request);
      opened.json();
      noteSigner(request.lock().nodeSmallId(), opened.signer());
      return opened;
    } catch (MalformedAnswer malformed) {
      throw new CheckFailed(expected, malformed.field() + " " + malformed.rule());
    } catch (CannotOpen wrongKey) {
      throw new CheckFailed(
          expected, "a tag that does not verify under the derived key, with the nonce sent");
    }
  }

  /** Whoever is the second signer of a node, and whatever check meets it, SIG-04 is broken. */
  private void noteSigner(long node, String address) {
    if (run.observations().signer(node, address).size() > 1) {
      run.refute(
          "SIG-04",
          "one signing address for each node in the whole run",
          "more than one for a node");
    }
  }

  private Exchange note(Exchange answer) {
    if (answer.isAnswered() && answer.status() == 200) {
      user.ifPresent(TestUser::lockUsed);
    }
    return answer;
  }

  private Exchange askForLock(Duration timeout, ObjectNode request) {
    return askForLock(timeout, StrictJson.write(request));
  }

  private Exchange askForLock(Duration timeout, Bytes body) {
    Exchange answer = send(HttpCall.post(door.uri("/v1/nodes/lock"), body).bearing(user().token()));
    if (isLock(answer)) {
      // Counted from the answer, so that the book never thinks a lock gone that is not.
      user().lockMade(answer.endNanos() + timeout.toNanos());
    }
    return answer;
  }

  private boolean isLock(Exchange answer) {
    try {
      grant(answer);
      return true;
    } catch (CheckFailed noLock) {
      return false;
    }
  }

  /** A lock request for the client's model, with the defaults. */
  public ObjectNode lockRequest() {
    ObjectNode request = StrictJson.object();
    request.put("model", model);
    return request;
  }

  /** The end of an exchange that begins now; never later than the check's own. */
  public Deadline deadline() {
    Deadline exchange = Deadline.in(run.clock(), run.target().exchangeLimit());
    Deadline scenario = check.deadline();
    return exchange.endNanos() - scenario.endNanos() > 0 ? scenario : exchange;
  }
}
