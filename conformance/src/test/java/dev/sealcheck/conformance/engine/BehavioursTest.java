package dev.sealcheck.conformance.engine;

import static dev.sealcheck.conformance.engine.EngineClient.MARKER;
import static dev.sealcheck.conformance.engine.EngineClient.chat;
import static dev.sealcheck.conformance.engine.EngineClient.chatStream;
import static dev.sealcheck.conformance.engine.EngineClient.chunks;
import static dev.sealcheck.conformance.engine.EngineClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BehavioursTest {
  private ScriptedEngine engine;
  private EngineScript script;
  private EngineClient client;

  @BeforeEach
  void start() throws IOException {
    engine = ScriptedEngine.start("127.0.0.1", 0);
    script = engine.script(MARKER);
    client = new EngineClient(engine.base());
  }

  @AfterEach
  void stop() {
    engine.close();
    assertThat(engine.failures()).isEmpty();
  }

  private HttpResponse<byte[]> whole(EngineBehaviour behaviour) throws Exception {
    script.does(behaviour);
    return client.post(EngineEndpoint.CHAT, chat());
  }

  private HttpResponse<byte[]> stream(EngineBehaviour behaviour) throws Exception {
    script.does(behaviour);
    return client.post(EngineEndpoint.CHAT, chatStream());
  }

  @Test
  void sendsExactBytes() throws Exception {
    Bytes exact = Bytes.utf8("{\"z\":1.0,\"a\":1e5,\"m\":-0.0,\"é\":\"☃\"}");
    assertThat(whole(Behaviours.exactJson(exact)).body()).isEqualTo(exact.toArray());
  }

  @Test
  void writesOddlyButValidly() throws Exception {
    HttpResponse<byte[]> response = whole(Behaviours.oddlyWritten());
    assertOdd(Bytes.of(response.body()).toLenientUtf8(), json(response));
    assertThat(json(response).at("/choices/0/message/content").isTextual()).isTrue();

    HttpResponse<byte[]> streamed = stream(Behaviours.oddlyWritten());
    List<ObjectNode> chunks = chunks(streamed);
    assertThat(chunks).hasSize(8);
    for (int i = 0; i < chunks.size(); i++) {
      assertOdd(EngineClient.data(streamed).get(i), chunks.get(i));
    }
  }

  private static void assertOdd(String text, ObjectNode tree) {
    assertThat(text).contains("[1.0, 1e5, -0.0, 1E-7, 0.10, ", "h\\u00e9llo héllo");
    assertThat(tree.fieldNames()).toIterable().startsWith("z", "a", "m").endsWith("object", "id");
    assertThat(tree.path("m").asText()).isEqualTo("héllo héllo ☃ 𝄞 𝄞 / A");
  }

  @Test
  void answersAnyStatus() throws Exception {
    HttpResponse<byte[]> full = stream(Behaviours.tooManyRequests(7));
    assertThat(full.statusCode()).isEqualTo(429);
    assertThat(full.headers().firstValue("retry-after")).contains("7");
    HttpResponse<byte[]> broken = whole(Behaviours.serverError("secret-marker"));
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(json(broken).at("/error/message").asText()).isEqualTo("secret-marker");
    assertThat(whole(Behaviours.modelNotFound()).statusCode()).isEqualTo(404);
    HttpResponse<byte[]> any = whole(Behaviours.status(302, Bytes.utf8("<p>")));
    assertThat(any.statusCode()).isEqualTo(302);
    assertThat(any.body()).isEqualTo(Bytes.utf8("<p>").toArray());
  }

  @Test
  void breaksConnections() {
    for (EngineBehaviour broken :
        List.of(
            Behaviours.closedBeforeHead(),
            Behaviours.resetBeforeHead(),
            Behaviours.closedInBody())) {
      assertThatThrownBy(() -> whole(broken)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> stream(broken)).isInstanceOf(IOException.class);
    }
    assertThat(script.calls()).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void breaksJsonOnly() throws Exception {
    HttpResponse<byte[]> whole = whole(Behaviours.brokenJson());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> json(whole)).isInstanceOf(MalformedAnswer.class);
    HttpResponse<byte[]> streamed = stream(Behaviours.brokenJson());
    assertThatThrownBy(() -> chunks(streamed)).isInstanceOf(MalformedAnswer.class);
  }

  @ParameterizedTest
  @EnumSource(OddUsage.class)
  void replacesUsageByWhatIsNone(OddUsage odd) throws Exception {
    ObjectNode answer = json(whole(Behaviours.withUsage(odd)));
    assertThat(answer.at("/choices/0/message/content").isTextual()).isTrue();
    assertOddUsage(odd, answer);
    List<ObjectNode> chunks = chunks(stream(Behaviours.withUsage(odd)));
    assertThat(chunks).hasSize(odd == OddUsage.ABSENT ? 7 : 8);
    assertOddUsage(odd, chunks.get(chunks.size() - 1));
  }

  private static void assertOddUsage(OddUsage odd, ObjectNode tree) {
    JsonNode usage = tree.path("usage");
    JsonNode total = usage.path("total_tokens");
    switch (odd) {
      case ABSENT -> assertThat(tree.has("usage")).isFalse();
      case NULL -> assertThat(usage.isNull()).isTrue();
      case NO_OBJECT -> assertThat(usage.isTextual()).isTrue();
      case EMPTY -> assertThat(usage.isObject() && usage.isEmpty()).isTrue();
      case NEGATIVE -> assertThat(total.toString()).isEqualTo("-1");
      case FRACTIONAL -> assertThat(total.toString()).isEqualTo("1.5");
      case TEXTUAL -> assertThat(total.toString()).isEqualTo("\"5\"");
      case ABSURD -> assertThat(total.toString()).isEqualTo("1000000000000000000");
    }
  }

  @Test
  void tellsTheUsageItIsGiven() throws Exception {
    EngineBehaviour above = Behaviours.withUsage(10, 8_990);
    assertThat(json(whole(above)).at("/usage/total_tokens").asInt()).isEqualTo(9_000);
    assertThat(chunks(stream(above)).get(7).at("/usage/total_tokens").asInt()).isEqualTo(9_000);
    script.does(above);
    List<ObjectNode> unasked = chunks(client.post(EngineEndpoint.CHAT, chat().put("stream", true)));
    assertThat(unasked.get(7).has("usage")).isTrue();
    ObjectNode image = StrictJson.object().put("prompt", "x").put("user", MARKER);
    assertThat(client.answer(EngineEndpoint.IMAGES, image).has("usage")).isFalse();
  }

  @Test
  void addsFieldsOfRealEngines() throws Exception {
    ObjectNode fit = json(whole(Behaviours.withEngineFields()));
    assertThat(fit.at("/usage/prompt_tokens_details").isNull()).isTrue();
    assertThat(fit.at("/choices/0/stop_reason").isNull()).isTrue();
    assertThat(fit.has("kv_transfer_params")).isTrue();
    assertThat(chunks(stream(Behaviours.withEngineFields()))).hasSize(8);

    ObjectNode unfit = json(whole(Behaviours.withUnfitFields()));
    assertThat(unfit.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(1);
    assertThat(unfit.at("/choices/0/stop_reason").asInt()).isEqualTo(128_009);
    List<ObjectNode> chunks = chunks(stream(Behaviours.withUnfitFields()));
    assertThat(chunks).allMatch(chunk -> chunk.path("service_tier").isNull());
    assertThat(chunks.get(0).at("/choices/0").has("stop_reason")).isFalse();
    assertThat(chunks.get(6).at("/choices/0/stop_reason").asInt()).isEqualTo(128_009);

    ObjectNode image = StrictJson.object().put("prompt", "x").put("user", MARKER);
    script.does(Behaviours.withEngineFields());
    assertThat(client.answer(EngineEndpoint.IMAGES, image).at("/data/0/url").isTextual()).isTrue();
  }

  @Test
  void callsTools() throws Exception {
    ObjectNode answer = json(whole(Behaviours.toolCalls()));
    assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
    assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"city\":\"Oslo\"}");
    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");

    List<ObjectNode> chunks = chunks(stream(Behaviours.toolCalls()));
    assertThat(chunks).hasSize(5);
    StringBuilder arguments = new StringBuilder();
    for (ObjectNode chunk : chunks.subList(0, 3)) {
      JsonNode part = chunk.at("/choices/0/delta/tool_calls/0");
      assertThat(part.path("index").asInt(-1)).isZero();
      arguments.append(part.at("/function/arguments").asText());
    }
    assertThat(arguments).hasToString("{\"city\":\"Oslo\"}");
    assertThat(chunks.get(0).at("/choices/0/delta/tool_calls/0/function/name").asText())
        .isEqualTo("weather");
    assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(chunks.get(4).has("usage")).isTrue();
  }

  @Test
  void writesASealOfItsOwn() throws Exception {
    assertThat(json(whole(Behaviours.withSeal())).at("/seal/seq").asInt()).isEqualTo(7);
    assertThat(chunks(stream(Behaviours.withSeal()))).hasSize(8).allMatch(c -> c.has("seal"));
  }

  @Test
  void editsEveryTree() throws Exception {
    EngineBehaviour edited = Behaviours.edited(tree -> tree.put("x", 1));
    assertThat(json(whole(edited)).has("x")).isTrue();
    assertThat(chunks(stream(edited))).hasSize(8).allMatch(chunk -> chunk.has("x"));
  }
}
