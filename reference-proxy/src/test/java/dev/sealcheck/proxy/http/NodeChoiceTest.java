package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.account.Books;
import dev.sealcheck.proxy.account.UserId;
import dev.sealcheck.proxy.relay.NodeLimits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which of several nodes a lock goes to, docs/PROTOCOL.md section 8: a stack that the user has, on
 * the cheapest node; else a new one on the cheapest node that is there and has room.
 */
@Timeout(60)
class NodeChoiceTest {

  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Refusal NODE_UNAVAILABLE = new Refusal(502, "NODE_UNAVAILABLE");
  private static final Refusal NODE_TIMEOUT = new Refusal(504, "NODE_TIMEOUT");

  private final CountDownLatch over = new CountDownLatch(1);
  private ProxyFixture proxy;

  private record Lock(long node, long stack, boolean bought) {}

  @AfterEach
  void stop() {
    over.countDown();
    proxy.close();
  }

  @Test
  void buysOnTheCheapestNodeThatServesTheModel() throws Exception {
    allThree(LONG);
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(1);
    assertThat(lock(proxy.guest(), ProxyFixture.IMAGE).node()).isEqualTo(1);
    assertThat(lock(proxy.guest(), ProxyFixture.EMBEDDING).node()).isEqualTo(1);
  }

  @Test
  void sendsTheRequestToTheNodeOfTheLock() throws Exception {
    proxy = new ProxyFixture();
    register(2, proxy.second);
    proxy.node.close();
    ProxyFixture.Guest guest = proxy.guest();
    NODE_UNAVAILABLE.assertIs(chat(guest, lock(guest, ProxyFixture.CHAT)));
    Lock lock = lock(guest, ProxyFixture.CHAT);
    assertThat(lock.node()).isEqualTo(2);
    assertThat(chat(guest, lock).statusCode()).isEqualTo(200);
    assertThat(proxy.second.arrivals).hasSize(1);
    assertThat(proxy.third.arrivals).isEmpty();
    assertThat(stack(guest.id(), lock).usedUnits()).isEqualTo(ScriptedNode.UNITS);
  }

  @Test
  void takesTheNextNodeWhileTheCheapestHasNotRegistered() throws Exception {
    proxy = new ProxyFixture();
    register(3, proxy.third);
    proxy.second.isHealthy(false);
    NODE_UNAVAILABLE.assertIs(proxy.register(2, proxy.second.key, proxy.second));
    proxy.node.close();
    ProxyFixture.Guest guest = proxy.guest();
    NODE_UNAVAILABLE.assertIs(chat(guest, lock(guest, ProxyFixture.CHAT)));
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(3);
    proxy.second.isHealthy(true);
    register(2, proxy.second);
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(2);
  }

  @Test
  void passesOverANodeThatWasGoneUntilItRegistersAgain() throws Exception {
    allThree(LONG);
    ProxyFixture.Guest guest = proxy.guest();
    Lock lost = lock(guest, ProxyFixture.CHAT);
    proxy.node.answers(
        exchange -> {
          throw new IOException("gone on purpose");
        });
    NODE_UNAVAILABLE.assertIs(chat(guest, lost));
    Lock next = lock(guest, ProxyFixture.CHAT);
    assertThat(next.node()).isEqualTo(2);
    assertThat(next.bought()).isTrue();
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(2);
    proxy.node.answersWell();
    register(1, proxy.node);
    assertThat(lock(guest, ProxyFixture.CHAT)).isEqualTo(new Lock(1, lost.stack(), false));
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(1);
  }

  @Test
  void passesOverANodeThatDoesNotAnswerOnlyForAWhile() throws Exception {
    allThree(SHORT);
    proxy.node.answers(
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    ProxyFixture.Guest guest = proxy.guest();
    NODE_TIMEOUT.assertIs(chat(guest, lock(guest, ProxyFixture.CHAT)));
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(2);
    proxy.time.putForward(LONG);
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(1);
  }

  @Test
  void passesOverAFullNodeForAsLongAsItAsks() throws Exception {
    allThree(LONG);
    proxy.node.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "700");
          ScriptedNode.answer(exchange, 429, ErrorCode.TOO_MANY_REQUESTS.body());
        });
    ProxyFixture.Guest guest = proxy.guest();
    assertThat(chat(guest, lock(guest, ProxyFixture.CHAT)).statusCode()).isEqualTo(429);
    proxy.time.putForward(Duration.ofMinutes(10));
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(2);
    proxy.time.putForward(Duration.ofSeconds(100));
    assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(1);
  }

  @Test
  void passesOverNoNodeForARefusalOfOneRequest() throws Exception {
    allThree(LONG);
    for (ErrorCode code :
        List.of(
            ErrorCode.INVALID_BODY,
            ErrorCode.STALE_NODE_KEY,
            ErrorCode.LOCKED,
            ErrorCode.INTERNAL_ERROR)) {
      proxy.node.answers(exchange -> ScriptedNode.answer(exchange, code.status(), code.body()));
      ProxyFixture.Guest guest = proxy.guest();
      assertThat(chat(guest, lock(guest, ProxyFixture.CHAT)).body()).isEqualTo(code.body());
      assertThat(lock(proxy.guest(), ProxyFixture.CHAT).node()).isEqualTo(1);
    }
  }

  @Test
  void stillOffersTheOnlyNodeThatServesTheModel() throws Exception {
    allThree(LONG);
    proxy.node.answers(
        exchange -> {
          throw new IOException("gone on purpose");
        });
    ProxyFixture.Guest guest = proxy.guest();
    Lock lock = lock(guest, ProxyFixture.EMBEDDING);
    Form form = new Form(ConfidentialPath.EMBEDDINGS, false);
    NODE_UNAVAILABLE.assertIs(send(guest, form, form.envelope(lock.stack())));
    assertThat(lock(guest, ProxyFixture.EMBEDDING)).isEqualTo(new Lock(1, lock.stack(), false));
  }

  @Test
  void prefersAStackWithRoomToANewOneOnACheaperNode() throws Exception {
    onlyTheSecond();
    ProxyFixture.Guest guest = proxy.guest();
    Lock dear = lock(guest, ProxyFixture.CHAT);
    assertThat(dear).isEqualTo(new Lock(2, dear.stack(), true));
    register(1, proxy.node);
    assertThat(lock(guest, ProxyFixture.CHAT)).isEqualTo(new Lock(2, dear.stack(), false));
    // More than the dear stack has left, so a cheap one is bought, and preferred from then on.
    Lock cheap = lock(guest, ProxyFixture.CHAT, 1_000_000);
    assertThat(cheap).isEqualTo(new Lock(1, cheap.stack(), true));
    assertThat(lock(guest, ProxyFixture.CHAT)).isEqualTo(new Lock(2, dear.stack(), false));
  }

  @Test
  void prefersTheCheapestOfTheStacksThatHaveRoom() throws Exception {
    onlyTheSecond();
    ProxyFixture.Guest guest = proxy.guest();
    Lock dear = lock(guest, ProxyFixture.CHAT, 999_999);
    register(1, proxy.node);
    Lock cheap = lock(guest, ProxyFixture.CHAT, 500_000);
    assertThat(cheap.node()).isEqualTo(1);
    assertThat(lock(guest, ProxyFixture.CHAT, 1)).isEqualTo(new Lock(1, cheap.stack(), false));
    assertThat(lock(guest, ProxyFixture.CHAT, 499_999))
        .isEqualTo(new Lock(1, cheap.stack(), false));
    assertThat(lock(guest, ProxyFixture.CHAT, 1)).isEqualTo(new Lock(2, dear.stack(), false));
  }

  @Test
  void usesAStackThatIsPaidForWhateverTheBalance() throws Exception {
    onlyTheSecond();
    ProxyFixture.Guest thrifty = new ProxyFixture.Guest(new UserId(4), ProxyFixture.THRIFTY_TOKEN);
    Lock only = lock(thrifty, ProxyFixture.CHAT, 500_000);
    assertThat(only.bought()).isTrue();
    assertThat(lock(thrifty, ProxyFixture.CHAT, 500_000))
        .isEqualTo(new Lock(2, only.stack(), false));
    new Refusal(402, "BALANCE_ERROR").assertIs(askForLock(thrifty, ProxyFixture.CHAT, 1));
    assertThat(proxy.stacks(thrifty.id())).hasSize(1);
  }

  private void allThree(Duration firstByte) throws Exception {
    proxy = new ProxyFixture(LONG, new NodeLimits(LONG, firstByte, LONG, LONG, LONG, 100_000));
    register(2, proxy.second);
    register(3, proxy.third);
  }

  /** The cheapest node is passed over, so that stacks are bought on the second for now. */
  private void onlyTheSecond() throws Exception {
    allThree(LONG);
    proxy.node.answers(
        exchange -> {
          throw new IOException("gone on purpose");
        });
    ProxyFixture.Guest scout = proxy.guest();
    NODE_UNAVAILABLE.assertIs(chat(scout, lock(scout, ProxyFixture.CHAT)));
    proxy.node.answersWell();
  }

  private void register(long id, ScriptedNode node) throws Exception {
    assertThat(proxy.register(id, node.key, node).statusCode()).isEqualTo(200);
  }

  private Lock lock(ProxyFixture.Guest guest, String model) throws Exception {
    return lock(guest, model, 8192);
  }

  private Lock lock(ProxyFixture.Guest guest, String model, long units) throws Exception {
    HttpResponse<byte[]> answer = askForLock(guest, model, units);
    assertThat(answer.statusCode()).isEqualTo(200);
    ObjectNode json = StrictJson.parseObject("lock", answer.body());
    return new Lock(
        json.get("node_small_id").longValue(),
        json.get("stack_small_id").longValue(),
        json.get("stack_entry_digest").isTextual());
  }

  private HttpResponse<byte[]> askForLock(ProxyFixture.Guest guest, String model, long units)
      throws Exception {
    String body =
        "{\"model\":\"%s\",\"max_num_tokens\":%d,\"timeout\":600}".formatted(model, units);
    return proxy.post("/v1/nodes/lock", Optional.of(guest.token()), body.getBytes(UTF_8));
  }

  private HttpResponse<byte[]> chat(ProxyFixture.Guest guest, Lock lock) throws Exception {
    Form form = new Form(ConfidentialPath.CHAT_COMPLETIONS, false);
    return send(guest, form, form.envelope(lock.stack()));
  }

  private HttpResponse<byte[]> send(ProxyFixture.Guest guest, Form form, ObjectNode envelope)
      throws Exception {
    return proxy.post(form.path().path(), Optional.of(guest.token()), StrictJson.write(envelope));
  }

  private Books.StackEntry stack(UserId user, Lock lock) {
    return proxy.stacks(user).stream()
        .filter(stack -> stack.id().value() == lock.stack())
        .findFirst()
        .orElseThrow();
  }
}
