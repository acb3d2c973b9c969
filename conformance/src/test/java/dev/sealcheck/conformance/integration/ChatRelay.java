package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.StreamEnd;
import dev.sealcheck.conformance.exchange.StreamExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes chat requests through the man in the middle, and their answers back. */
final class ChatRelay {

  private final Upstream upstream;
  private final Tamper tamper;
  private final SigningPair signer;
  private final X25519PublicKey offered;

  /** A relay that signs as {@code signer}, for clients that were offered that key. */
  ChatRelay(Upstream upstream, Tamper tamper, SigningPair signer, X25519PublicKey offered) {
    this.offered = offered;
    this.upstream = upstream;
    this.tamper = tamper;
    this.signer = signer;
  }

  /** Answers one request. */
  void serve(Call call, Intercepted request, HttpExchange exchange) throws IOException {
    Optional<LockGrant> grant = upstream.grant(call);
    boolean passes = request.harm() == Harm.NONE || tamper.overlooks(request.harm());
    if (tamper.refuses(request)) {
      Reply.refusal(400, "INVALID_BODY").write(exchange);
    } else if (!passes || grant.isEmpty()) {
      refuse(call, request, exchange);
    } else if (request.plaintext().isEmpty() || !repairable(request.harm())) {
      serveAnyway(call, request, exchange);
    } else {
      SealedRequest own = sealAnew(request, grant.get());
      if (own.envelope().field("stream").orElseThrow().booleanValue()) {
        stream(call, request, own, exchange);
      } else {
        answer(call, request, own, exchange);
      }
    }
  }

  /** Harm after which the request can still be passed on, on its own lock. */
  private static boolean repairable(Harm harm) {
    return switch (harm) {
      case NONE, STREAM_ABSENT, STREAM_OF_WRONG_TYPE, OTHER_NODE_KEY, WRONG_HASH -> true;
      case NO_ENVELOPE, FIELD_MISSING, FIELD_OF_WRONG_TYPE, DOES_NOT_OPEN -> false;
    };
  }

  /**
   * The deployment refuses what it gets: it cannot open what is sealed to another key than its own.
   * A node key that is not that of the lock is left as it is, and refused for that.
   */
  private void refuse(Call call, Intercepted request, HttpExchange exchange) throws IOException {
    Optional<LockGrant> grant = upstream.grant(call);
    // All else is passed on byte by byte: the harm may be in the way it is written.
    String body = call.body().toLenientUtf8();
    boolean named = grant.isPresent() && body.contains(offered.base64());
    Reply refusal =
        upstream.send(
            named
                ? call.withBody(
                    Bytes.utf8(body.replace(offered.base64(), grant.get().publicKey().base64())))
                : call);
    if (grant.isPresent() && tamper.spendsLockOn(request.harm())) {
      upstream.complete(call, grant.get());
    }
    tamper.open(call, refusal).write(exchange);
  }

  private void serveAnyway(Call call, Intercepted request, HttpExchange exchange)
      throws IOException {
    OpenedAnswer own = upstream.complete(call, upstream.lockAgain(call));
    writeAnswer(own, request, exchange);
  }

  /** The same envelope around the same body, sealed to the node's key under a pair of his own. */
  private SealedRequest sealAnew(Intercepted request, LockGrant grant) {
    Bytes plaintext = request.plaintext().orElseThrow();
    boolean asked = request.asksForStream();
    boolean streams = tamper.streams(asked);
    if (streams != asked) {
      plaintext = StrictJson.write(StrictJson.parseObject(plaintext).put("stream", streams));
    }
    ObjectNode fields = request.envelope().orElseThrow();
    SealedRequest sealed =
        RequestRecipe.of(
                Endpoint.CHAT,
                fields.path("model_name").textValue(),
                Optional.of(streams),
                plaintext)
            .seal(grant);
    // Whatever else the client wrote stays as it is.
    Envelope own = Envelope.of(fields);
    for (String name : sealed.envelope().names()) {
      if (!name.equals("stack_small_id")) {
        own = own.with(name, sealed.envelope().field(name).orElseThrow());
      }
    }
    Envelope complete = own;
    return sealed.tampered(ignored -> complete);
  }

  private void answer(Call call, Intercepted request, SealedRequest own, HttpExchange exchange)
      throws IOException {
    Reply reply = upstream.send(call.withBody(own.envelope().json()));
    if (reply.isSuccess()) {
      writeAnswer(SealedAnswer.parse(reply.body()).open(own), request, exchange);
    } else if (tamper.overlooks(reply)) {
      serveAnyway(call, request, exchange);
    } else {
      tamper.open(call, reply).write(exchange);
    }
  }

  private void writeAnswer(OpenedAnswer fromNode, Intercepted request, HttpExchange exchange)
      throws IOException {
    Optional<ObjectNode> sealed = new AnswerSealer(tamper, signer, request).seal(fromNode);
    if (sealed.isEmpty()) {
      throw new IOException("the answer is left out");
    }
    Reply.json(sealed.get()).write(exchange);
  }

  private void stream(Call call, Intercepted request, SealedRequest own, HttpExchange exchange)
      throws IOException {
    try (StreamExchange stream = upstream.open(call.withBody(own.envelope().json()))) {
      if (stream.awaitHead().filter(head -> head.isEventStream()).isEmpty()) {
        Reply refusal = Reply.of(stream.awaitEnd());
        if (tamper.overlooks(refusal)) {
          serveAnyway(call, request, exchange);
        } else {
          tamper.open(call, refusal).write(exchange);
        }
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().add("Cache-Control", "no-cache");
      exchange.sendResponseHeaders(200, 0);
      relay(stream, new AnswerSealer(tamper, signer, request), own, exchange.getResponseBody());
      if (stream.end() != StreamEnd.CLEAN) {
        throw new IOException("the deployment broke the stream off");
      }
      exchange.close();
    }
  }

  private void relay(
      StreamExchange stream, AnswerSealer sealer, SealedRequest own, OutputStream out)
      throws IOException {
    StringBuilder heldBack = new StringBuilder();
    for (Optional<SseEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
      OpenedAnswer event = SealedAnswer.parse(next.get().data()).open(own);
      Optional<ObjectNode> sealed = sealer.seal(event);
      if (sealed.isPresent()) {
        heldBack.append(tamper.frame(StrictJson.write(sealed.get()).toLenientUtf8()));
      }
      if (!tamper.holdsBack()) {
        write(heldBack, out);
      }
    }
    write(heldBack, out);
  }

  private static void write(StringBuilder events, OutputStream out) throws IOException {
    if (!events.isEmpty()) {
      out.write(events.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      events.setLength(0);
    }
  }
}
