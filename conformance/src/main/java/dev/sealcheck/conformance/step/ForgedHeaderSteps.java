package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.node.NodeCall;
import dev.sealcheck.conformance.node.NodeCode;
import dev.sealcheck.conformance.node.NodeErrors;
import dev.sealcheck.conformance.node.Serving;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.NodeAttempt;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Headers that a client has no business to send, and what becomes of them at the node. */
public final class ForgedHeaderSteps {

  /** Stands in every header that the client adds, so that any of them is known again. */
  private static final String MARK = "sent-by-the-client";

  private static final List<String> ANY =
      List.of(
          "Proxy-Authorization",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-User",
          "X-Real-IP",
          "Forwarded",
          "X-Api-Key",
          "X-Anything-Else",
          "Referer",
          "Accept-Language",
          "User-Agent");

  /** Longer than the other user's requests take on a busy machine. */
  private static final int LONG_LOCK_SECONDS = 30;

  private static final List<String> INTERNAL =
      List.of("X-Signature", "X-User-Id", "X-Stack-Small-Id", "X-Tx-Digest", "X-Request-Id");

  /** docs/PROTOCOL.md section 7. */
  private static final Set<String> NEVER = Set.of("authorization", "proxy-authorization", "cookie");

  private final World world;
  private final List<NodeAttempt> plain = new ArrayList<>();
  private final List<NodeAttempt> forged = new ArrayList<>();
  private CheckFailed victimHarmed;

  /** Made by Cucumber for each scenario. */
  public ForgedHeaderSteps(World world) {
    this.world = world;
  }

  @When("the client sends chat requests, whole and streamed, with headers of every kind")
  public void sendHeadersOfEveryKind() {
    between(
        call -> {
          HttpCall more = call.withHeader("Cookie", "session=" + MARK);
          for (String name : ANY) {
            more = more.withHeader(name, MARK);
          }
          return more;
        });
  }

  @When("the client sends chat requests, whole and streamed, with forged internal headers")
  public void sendInternalHeaders() {
    for (RequestRecipe recipe : recipes()) {
      plain.add(send(recipe, UnaryOperator.identity()));
    }
    between(
        call -> {
          HttpCall more = call;
          for (String name : INTERNAL) {
            more = more.withHeader(name, MARK);
          }
          return more;
        });
  }

  @When("the client names another user's stack in such headers, and the node says it is settled")
  public void nameAnothersStack() {
    TestClient client = world.client();
    TestClient victim = world.anotherClient();
    LockGrant lock = TestClient.rely(() -> victim.grant(victim.askForLock(LONG_LOCK_SECONDS)));
    SealedRequest good = TestClient.rely(() -> victim.seal(world.recipes().chat(), lock));
    String stack = Long.toString(lock.stackSmallId());
    Twins.around(
        client,
        world.recipes().chat(),
        () -> {
          for (RequestRecipe recipe : recipes()) {
            refuse(recipe, stack);
          }
          victimHarmed = failure(victim, good);
          return null;
        });
  }

  @Then("none of them reaches the node, nor the client's token")
  public void noneReaches() {
    TreeSet<String> reached = new TreeSet<>();
    for (NodeAttempt attempt : forged) {
      attempt.calls().get(0).headers().lines().stream()
          .filter(this::isTheClients)
          .forEach(line -> reached.add(line.name().toLowerCase(Locale.ROOT)));
    }
    if (!reached.isEmpty()) {
      throw new CheckFailed("no header of the client at the node", String.join(", ", reached));
    }
  }

  @Then("they are answered, and the node is told what it is told without them")
  public void changeNothing() {
    for (int i = 0; i < forged.size(); i++) {
      if (!forged.get(i).succeeded()) {
        throw new CheckFailed(
            "a request with forged internal headers answered", forged.get(i).exchange().outcome());
      }
      NodeCall with = forged.get(i).calls().get(0);
      NodeCall without = plain.get(i).calls().get(0);
      requireSame("the proxy's signature", without.signer(), with.signer());
      requireSame("the user", without.header("X-User-Id"), with.header("X-User-Id"));
      for (String name : INTERNAL) {
        List<String> lines = with.headers().all(name);
        if (lines.size() != without.headers().all(name).size() || lines.contains(MARK)) {
          throw new CheckFailed("no forged " + name + " at the node", "the client's, or a second");
        }
      }
    }
  }

  @Then("the client gets the node's refusal")
  public void isRefused() {
    Passage locked = Passage.exactly(423, "423 LOCKED");
    forged.forEach(one -> locked.judge(one.what(), one.exchange(), world.check()));
  }

  @Then("the other user's lock serves as before")
  public void victimIsServed() {
    if (victimHarmed != null) {
      throw new CheckFailed("a user served whom another one named", victimHarmed.seen());
    }
  }

  private void between(UnaryOperator<HttpCall> change) {
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () -> {
          for (RequestRecipe recipe : recipes()) {
            forged.add(send(recipe, change));
          }
          return null;
        });
  }

  private void refuse(RequestRecipe recipe, String stack) {
    Serving serving = world.scriptedNode().behave(NodeErrors.refusing(NodeCode.LOCKED, "scripted"));
    try {
      forged.add(
          send(
              recipe,
              call ->
                  call.withHeader("X-Stack-Small-Id", stack)
                      .withHeader("X-User-Id", "1")
                      .withHeader("X-Tx-Digest", MARK)
                      .withHeader("X-Request-Id", MARK)
                      .withHeader("X-Signature", signature())));
    } finally {
      serving.close();
    }
  }

  private NodeAttempt send(RequestRecipe recipe, UnaryOperator<HttpCall> change) {
    TestClient client = world.client();
    LockGrant lock = client.lock();
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, lock));
    NodeAttempt attempt =
        NodeAttempt.send(world, "a request with headers of its own", request, change);
    attempt.requireArrived();
    return attempt;
  }

  /** A true signature, of a key that nobody knows. */
  private static String signature() {
    return SigningPair.generate().sign(BodyHash.of(Bytes.utf8(MARK))).base64();
  }

  private List<RequestRecipe> recipes() {
    return List.of(world.recipes().chat(), world.recipes().chatStream());
  }

  private boolean isTheClients(HttpHeader line) {
    String token = world.client().user().token().secret();
    String host = world.run().target().requireProxy().getRawAuthority();
    return line.value().contains(MARK)
        || line.value().contains(token)
        || NEVER.stream().anyMatch(line::isNamed)
        || (line.isNamed("Host") && line.value().equalsIgnoreCase(host));
  }

  private static CheckFailed failure(TestClient victim, SealedRequest good) {
    Exchange answer = victim.send(good);
    try {
      victim.completed(victim.open(answer, good));
      return null;
    } catch (CheckFailed failed) {
      return failed;
    }
  }

  private static void requireSame(String what, Optional<String> expected, Optional<String> seen) {
    if (!expected.equals(seen)) {
      throw new CheckFailed(what + " at the node as without forged headers", "another");
    }
  }
}
