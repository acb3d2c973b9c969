package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.time.SuiteClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Good answers of the reference, given again and again to whoever asks. */
record Recording(Bytes models, Bytes lock, Bytes chat, Bytes stream) {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String LOCK_PATH = "/v1/nodes/lock";

  /** Asks the reference once for each. */
  static Recording of(ReferenceDeployment reference) {
    SuiteClock clock = SuiteClock.system();
    String model = reference.models().get(0);
    Bytes wish = StrictJson.write(StrictJson.object().put("model", model));
    try (Messenger messenger = new Messenger(clock)) {
      Asking asking = new Asking(reference, messenger, clock);
      Exchange lock = asking.post(LOCK_PATH, wish);
      Exchange models =
          asking.send(HttpCall.get(java.net.URI.create(reference.proxy() + "/v1/models")));
      Bytes chat = replay(asking.chat(model, lock, false));
      Bytes stream = replay(asking.chat(model, asking.post(LOCK_PATH, wish), true));
      return new Recording(replay(models), replay(lock), chat, stream);
    }
  }

  /** The recorded answer for that request; the error object where nothing good was recorded. */
  Bytes to(String requestLine, Bytes body) {
    Map<String, Bytes> recorded =
        Map.of(
            "GET /v1/models",
            models,
            "POST " + LOCK_PATH,
            lock,
            "POST " + Endpoint.CHAT.path(),
            body.toLenientUtf8().contains("\"stream\":true") ? stream : chat);
    Bytes known = recorded.get(requestLine.substring(0, requestLine.lastIndexOf(' ')));
    return known != null
        ? known
        : NullTarget.answer(
            404,
            "application/json",
            Bytes.utf8("{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"no such path\"}}"));
  }

  private static Bytes replay(Exchange exchange) {
    if (!exchange.isAnswered() || exchange.status() != 200) {
      throw new AssertionError("no good answer to record: " + exchange.outcome());
    }
    return NullTarget.answer(200, exchange.headers().mediaType().orElseThrow(), exchange.body());
  }

  /** What it takes to ask. */
  private record Asking(ReferenceDeployment reference, Messenger messenger, SuiteClock clock) {

    Exchange send(HttpCall call) {
      return messenger.send(
          call.bearing(reference.users().get(0).token()), Deadline.in(clock, LIMIT));
    }

    Exchange post(String path, Bytes json) {
      return send(HttpCall.post(java.net.URI.create(reference.proxy() + path), json));
    }

    Exchange chat(String model, Exchange lock, boolean stream) {
      ObjectNode body = StrictJson.object();
      body.put("model", model).put("max_tokens", 24).put("stream", stream);
      body.putArray("messages").addObject().put("role", "user").put("content", "Tell me of tea.");
      return post(
          Endpoint.CHAT.path(),
          RequestRecipe.of(Endpoint.CHAT, model, Optional.of(stream), StrictJson.write(body))
              .seal(LockGrant.parse(lock.body()))
              .envelope()
              .json());
    }
  }
}
