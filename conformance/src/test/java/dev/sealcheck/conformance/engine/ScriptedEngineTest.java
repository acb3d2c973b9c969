package dev.sealcheck.conformance.engine;

import static dev.sealcheck.conformance.engine.EngineClient.MARKER;
import static dev.sealcheck.conformance.engine.EngineClient.chat;
import static dev.sealcheck.conformance.engine.EngineClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedEngineTest {
  private ScriptedEngine engine;
  private EngineClient client;

  @BeforeEach
  void start() throws IOException {
    engine = ScriptedEngine.start("127.0.0.1", 0, List.of("m/test"));
    client = new EngineClient(engine.base());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void servesEachMarkerByItsOwnScript() throws Exception {
    EngineScript script = engine.script(MARKER).does(Behaviours.exactJson(Bytes.utf8("1")));
    engine.script("other").does(Behaviours.exactJson(Bytes.utf8("2")));

    assertThat(client.post(EngineEndpoint.CHAT, chat()).body()).isEqualTo(new byte[] {'1'});
    ObjectNode other = chat().put("user", "other");
    assertThat(client.post(EngineEndpoint.CHAT, other).body()).isEqualTo(new byte[] {'2'});
    ObjectNode unknown = chat().put("user", "unknown");
    assertThat(client.answer(EngineEndpoint.CHAT, unknown).has("choices")).isTrue();
    ObjectNode none = chat();
    none.remove("user");
    assertThat(client.answer(EngineEndpoint.CHAT, none).has("choices")).isTrue();
    ObjectNode odd = chat().put("user", 7);
    assertThat(client.answer(EngineEndpoint.CHAT, odd).has("choices")).isTrue();

    assertThat(script.calls()).hasSize(1);
    assertThat(engine.calls("other")).hasSize(1);
    assertThat(engine.calls("unknown")).hasSize(1);
    assertThat(engine.calls("never")).isEmpty();
    assertThat(engine.callCount()).isEqualTo(5);
    assertThat(engine.failures()).isEmpty();
  }

  @Test
  void keepsCallsAsTheyArrived() throws Exception {
    long before = SuiteClock.system().nanoTime();
    Bytes body = Bytes.utf8("{ \"stream\":null, \"user\" : \"" + MARKER + "\"}");
    assertThat(client.postRaw(EngineEndpoint.COMPLETIONS, body).statusCode()).isEqualTo(200);
    client.post(EngineEndpoint.CHAT, EngineClient.chatStream());

    List<EngineCall> calls = engine.calls(MARKER);
    EngineCall first = calls.get(0);
    assertThat(first.endpoint()).isEqualTo(EngineEndpoint.COMPLETIONS);
    assertThat(first.body()).isEqualTo(body);
    assertThat(first.json().path("stream").isNull()).isTrue();
    assertThat(first.marker()).contains(MARKER);
    assertThat(first.headers()).contains(new HttpHeader("Content-Type", "application/json"));
    assertThat(first.streamed()).isFalse();
    assertThat(first.usageAsked()).isFalse();
    assertThat(first.serial()).isEqualTo(1);
    assertThat(first.arrivedNanos() - before).isPositive();
    assertThat(first.toString()).doesNotContain(MARKER);
    EngineCall second = calls.get(1);
    assertThat(second.streamed()).isTrue();
    assertThat(second.usageAsked()).isTrue();
    assertThat(second.serial()).isEqualTo(2);
  }

  @Test
  void countsABodyThatIsNoJsonForTheMarkerInIt() throws Exception {
    client.postRaw(EngineEndpoint.CHAT, Bytes.utf8("user: " + MARKER));
    client.postRaw(EngineEndpoint.CHAT, Bytes.utf8("user: nobody"));

    assertThat(engine.calls(MARKER)).hasSize(1);
  }

  @Test
  void answersWithTheBehaviourOfTheMoment() throws Exception {
    EngineScript script = engine.script(MARKER);
    assertThat(client.post(EngineEndpoint.CHAT, chat()).statusCode()).isEqualTo(200);
    script.does(Behaviours.modelNotFound());
    assertThat(client.post(EngineEndpoint.CHAT, chat()).statusCode()).isEqualTo(404);
    script.close();
    assertThat(client.post(EngineEndpoint.CHAT, chat()).statusCode()).isEqualTo(200);
    assertThat(script.calls()).hasSize(3);
  }

  @Test
  void closingAScriptEndsTheCallsItServes() throws Exception {
    EngineScript script = engine.script(MARKER);
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    script.does(
        call -> {
          arrived.complete(null);
          Behaviours.silence().serve(call);
        });
    CompletableFuture<Void> asked =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(() -> client.post(EngineEndpoint.CHAT, chat()))
                    .isInstanceOf(IOException.class));
    arrived.get(5, TimeUnit.SECONDS);
    script.close();
    asked.get(5, TimeUnit.SECONDS);
    assertThat(engine.failures()).isEmpty();
  }

  @Test
  void opensOneScriptForAMarker() {
    EngineScript script = engine.script(MARKER);
    assertThatThrownBy(() -> engine.script(MARKER)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> engine.script("")).isInstanceOf(IllegalArgumentException.class);
    script.close();
    engine.script(MARKER).close();
  }

  @Test
  void answersHealthAndModels() throws Exception {
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
    ObjectNode models = json(client.get("/v1/models"));
    assertThat(models.path("object").asText()).isEqualTo("list");
    assertThat(models.at("/data/0/id").asText()).isEqualTo("m/test");
    assertThat(models.at("/data/0/created").isIntegralNumber()).isTrue();
    assertThat(client.get("/v1/chat/completions").statusCode()).isEqualTo(404);
    assertThat(client.get("/other").statusCode()).isEqualTo(404);
    assertThat(engine.callCount()).isZero();
  }

  @Test
  void refusesABodyThatIsNoObjectButCountsIt() throws Exception {
    for (String body : List.of("", "[]", "{\"a\":1,\"a\":2}", "{")) {
      assertThat(client.postRaw(EngineEndpoint.CHAT, Bytes.utf8(body)).statusCode()).isEqualTo(400);
    }
    assertThat(engine.callCount()).isEqualTo(4);
    assertThat(engine.failures()).isEmpty();
  }

  @Test
  void theJournalForgetsOldCallsWithoutAScriptAndSaysSo() throws Exception {
    for (String marker : List.of("a", "b", "c")) {
      client.post(EngineEndpoint.CHAT, chat().put("user", marker));
    }
    CallJournal journal = new CallJournal(2, 1 << 20);
    assertThat(journal.pin("a")).isTrue();
    assertThat(journal.pin("a")).isFalse();
    journal.add(engine.calls("a").get(0));
    journal.add(engine.calls("b").get(0));
    assertThat(journal.calls("never")).isEmpty();
    journal.add(engine.calls("c").get(0));

    assertThat(journal.calls("a")).hasSize(1);
    assertThat(journal.calls("c")).hasSize(1);
    assertThatThrownBy(() -> journal.calls("b")).isInstanceOf(IllegalStateException.class);
    journal.pin("d");
    assertThat(journal.calls("d")).isEmpty();

    CallJournal small = new CallJournal(100, engine.calls("a").get(0).body().length());
    small.pin("a");
    small.add(engine.calls("a").get(0));
    assertThatThrownBy(() -> small.add(engine.calls("a").get(0)))
        .isInstanceOf(IllegalStateException.class);
    small.unpin("a");
    small.add(engine.calls("b").get(0));
    assertThat(small.calls("b")).hasSize(1);
  }

  @Test
  void handsOutJsonThatTheCallerMayChange() throws Exception {
    client.post(EngineEndpoint.CHAT, chat());
    EngineCall call = engine.calls(MARKER).get(0);
    ObjectNode mine = call.json();
    mine.removeAll();
    assertThat(call.json()).isEqualTo(chat());
  }
}
