package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Marked prompts, answers, tokens and keys stand in no log at the most verbose level and in no
 * error body of the reference.
 */
class CanaryIT {

  private static final String MARK = "canary" + Bytes.random(8).toHex();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final SuiteClock clock = SuiteClock.system();
  private final List<String> errorBodies = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>(List.of(MARK));

  @Test
  void showsNoSecretInLogsAndErrors() throws Exception {
    assertThat(System.getenv("SEALCHECK_LOG_LEVEL")).as("set by the build").isEqualTo("TRACE");
    try (ReferenceDeployment reference = ReferenceDeployment.start(1, Optional.empty(), clock);
        Messenger messenger = new Messenger(clock)) {
      BearerToken token = reference.users().get(0).token();
      secrets.add(Files.readString(reference.tokenFile()).trim());
      pemBody(reference.proxyKeyFile()).forEach(secrets::add);
      answerAndStream(reference, messenger, token);
      refusals(reference, messenger, token);
      List<String> logs = logs(reference.logs());
      assertThat(logs).hasSize(2);
      assertThat(String.join("", logs)).contains("\"level\":\"DEBUG\"").contains("request opened");
      assertThat(errorBodies).hasSizeGreaterThan(10);
      for (String secret : secrets) {
        assertThat(logs).noneMatch(log -> log.contains(secret));
        assertThat(errorBodies).noneMatch(body -> body.contains(secret));
      }
    }
  }

  private void answerAndStream(
      ReferenceDeployment reference, Messenger messenger, BearerToken token) throws Exception {
    SealedRequest whole = chat(reference, false).seal(lock(reference, messenger, token));
    keep(whole);
    Exchange answer = send(messenger, post(reference, whole, token));
    OpenedAnswer opened = SealedAnswer.parse(answer.body()).open(whole);
    keepText(opened.json().at("/choices/0/message/content").textValue());
    SealedRequest stream = chat(reference, true).seal(lock(reference, messenger, token));
    keep(stream);
    StringBuilder text = new StringBuilder();
    try (StreamExchange events =
        messenger.open(post(reference, stream, token), Deadline.in(clock, LIMIT))) {
      for (Optional<SseEvent> next = events.next(); next.isPresent(); next = events.next()) {
        JsonNode delta =
            SealedAnswer.parse(next.get().data())
                .open(stream)
                .json()
                .at("/choices/0/delta/content");
        text.append(delta.isTextual() ? delta.textValue() : "");
      }
    }
    keepText(text.toString());
  }

  private void refusals(ReferenceDeployment reference, Messenger messenger, BearerToken token)
      throws Exception {
    URI proxy = reference.proxy();
    RequestRecipe recipe = chat(reference, false);
    List<SealedRequest> harmed = new ArrayList<>();
    LockGrant grant = lock(reference, messenger, token);
    harmed.add(recipe.seal(grant).tampered(e -> e.with("model_name", MARK)));
    harmed.add(recipe.seal(grant).tampered(e -> e.with("nonce", MARK)));
    harmed.add(recipe.seal(grant).tampered(e -> e.with("stack_small_id", MARK)));
    harmed.add(
        recipe
            .seal(grant)
            .tampered(e -> e.withRawJson(Bytes.utf8("{\"" + MARK + "\":" + MARK + "}"))));
    harmed.add(
        recipe.seal(grant).tampered(e -> e.withRawJson(Bytes.utf8("\"" + MARK + "\" " + MARK))));
    for (SealedRequest request : harmed) {
      refused(messenger, post(reference, request, token));
    }
    List<RequestRecipe> opened =
        List.of(
            recipe.withPlaintext(Bytes.utf8(MARK)),
            recipe.withPlaintext(Bytes.utf8("{\"model\":\"" + MARK + "\",\"" + MARK + "\":1}")),
            recipe.withPlaintext(
                Bytes.utf8(
                    "{\"model\":\""
                        + reference.models().get(0)
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":{\"a\":\""
                        + MARK
                        + "\"}}]}")));
    for (RequestRecipe bad : opened) {
      SealedRequest request = bad.seal(lock(reference, messenger, token));
      keep(request);
      refused(messenger, post(reference, request, token));
    }
    SealedRequest flipped =
        recipe.seal(lock(reference, messenger, token)).tampered(e -> e.flippedBit("ciphertext", 3));
    keep(flipped);
    refused(messenger, post(reference, flipped, token));
    refused(messenger, post(reference, flipped, token).withHeader("X-Request-Id", MARK));
    refused(messenger, post(reference, flipped, new BearerToken("sk-" + MARK)));
    refused(messenger, HttpCall.get(proxy.resolve("/v1/" + MARK)).bearing(token));
    refused(messenger, HttpCall.get(proxy.resolve("/v1/models?" + MARK)).withMethod("PUT"));
    refused(
        messenger,
        HttpCall.post(proxy.resolve("/v1/nodes/lock"), Bytes.utf8("{\"model\":\"" + MARK + "\"}"))
            .bearing(token));
    refused(
        messenger,
        HttpCall.post(
            reference.node().resolve(Endpoint.CHAT.path()), recipe.seal(grant).envelope().json()));
  }

  private void refused(Messenger messenger, HttpCall call) {
    Exchange exchange = send(messenger, call);
    assertThat(exchange.status()).isGreaterThanOrEqualTo(400);
    errorBodies.add(new String(exchange.body().toArray(), StandardCharsets.UTF_8));
  }

  private Exchange send(Messenger messenger, HttpCall call) {
    return messenger.send(call, Deadline.in(clock, LIMIT));
  }

  private LockGrant lock(ReferenceDeployment reference, Messenger messenger, BearerToken token) {
    ObjectNode request = StrictJson.object();
    request.put("model", reference.models().get(0));
    HttpCall call =
        HttpCall.post(reference.proxy().resolve("/v1/nodes/lock"), StrictJson.write(request));
    return LockGrant.parse(send(messenger, call.bearing(token)).body());
  }

  private static HttpCall post(
      ReferenceDeployment reference, SealedRequest request, BearerToken token) {
    return HttpCall.post(
            reference.proxy().resolve(request.endpoint().path()), request.envelope().json())
        .bearing(token);
  }

  private static RequestRecipe chat(ReferenceDeployment reference, boolean stream) {
    String model = reference.models().get(0);
    ObjectNode body = StrictJson.object();
    body.put("model", model);
    body.putArray("messages").addObject().put("role", "user").put("content", "say " + MARK);
    body.put("max_tokens", 60);
    body.put("stream", stream);
    body.put("user", MARK);
    return RequestRecipe.of(Endpoint.CHAT, model, Optional.of(stream), StrictJson.write(body));
  }

  /** The keys that the client derived, in the two spellings that a log could use. */
  private void keep(SealedRequest request) {
    for (Bytes secret : List.of(request.derivation().sharedSecret(), request.derivation().key())) {
      secrets.add(secret.toHex());
      secrets.add(java.util.Base64.getEncoder().encodeToString(secret.toArray()));
    }
  }

  /** Pieces of an answer, long enough that no log line holds them by chance. */
  private void keepText(String text) {
    assertThat(text).hasSizeGreaterThan(60);
    for (int from = 0; from + 24 <= text.length(); from += 24) {
      secrets.add(text.substring(from, from + 24));
    }
  }

  private static List<String> pemBody(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("-----"))
        .toList();
  }

  private static List<String> logs(Path directory) throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        contents.add(Files.readString(file));
      }
    }
    return contents;
  }
}
