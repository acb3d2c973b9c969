package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.exchange.StreamExchange;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The side of the man in the middle that speaks to the sound deployment, as its client. */
final class Upstream implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TOKENS = 24;

  private final URI deployment;
  private final SuiteClock clock = SuiteClock.system();
  private final Messenger messenger = new Messenger(clock);
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  /** The lock that a caller was given last, and the model it is for. */
  private record Held(String model, LockGrant grant) {}

  Upstream(URI deployment) {
    this.deployment = deployment;
  }

  /** Passes a request on and takes the whole answer. */
  Reply send(Call call) throws IOException {
    return Reply.of(messenger.send(call.to(deployment), Deadline.in(clock, LIMIT)));
  }

  /** Passes a request on whose answer comes bit by bit. */
  StreamExchange open(Call call) {
    return messenger.open(call.to(deployment), Deadline.in(clock, LIMIT));
  }

  /** Asks for a lock and remembers it. */
  Reply lock(Call call) throws IOException {
    Reply reply = send(call);
    if (reply.isSuccess()) {
      String model = StrictJson.parseObject(call.body()).path("model").textValue();
      held.put(call.credentials(), new Held(model, LockGrant.parse(reply.body())));
    }
    return reply;
  }

  /** The lock that the caller was given last. */
  Optional<LockGrant> grant(Call call) {
    return Optional.ofNullable(held.get(call.credentials())).map(Held::grant);
  }

  /** Asks for one lock more, for the model of the last one. */
  LockGrant lockAgain(Call call) throws IOException {
    ObjectNode request = StrictJson.object().put("model", model(call));
    Reply reply = lock(call.withPost("/v1/nodes/lock", StrictJson.write(request)));
    if (!reply.isSuccess()) {
      throw new IOException("the deployment gave no lock: status " + reply.status());
    }
    return LockGrant.parse(reply.body());
  }

  /** Has some chat request of the man in the middle answered on a lock of the caller. */
  OpenedAnswer complete(Call call, LockGrant lock) throws IOException {
    ObjectNode body = StrictJson.object();
    body.put("model", model(call)).put("max_tokens", TOKENS).put("stream", false);
    body.putArray("messages").addObject().put("role", "user").put("content", "Tell me of maps.");
    body.put("user", Bytes.random(16).toHex());
    SealedRequest own =
        RequestRecipe.of(Endpoint.CHAT, model(call), Optional.of(false), StrictJson.write(body))
            .seal(lock);
    Reply reply = send(call.withPost(Endpoint.CHAT.path(), own.envelope().json()));
    if (!reply.isSuccess()) {
      throw new IOException("the deployment refused a good request: status " + reply.status());
    }
    return SealedAnswer.parse(reply.body()).open(own);
  }

  private String model(Call call) throws IOException {
    Held last = held.get(call.credentials());
    if (last == null) {
      throw new IOException("the caller has had no lock yet");
    }
    return last.model();
  }

  @Override
  public void close() {
    messenger.close();
  }
}
