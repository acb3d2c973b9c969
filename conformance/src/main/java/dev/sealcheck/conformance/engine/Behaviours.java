package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.host.HostedStream;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an engine can do with a call, good and bad; each serves whole answers and streams, and any
 * number of calls. What only streams can do is in {@link StreamBehaviours}.
 */
public final class Behaviours {
  /** Longer than any check may take. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  private static final EngineBehaviour ORDINARY = EditedAnswer.each(unchanged -> {});

  private Behaviours() {}

  /**
   * The good answer of the endpoint, in the shapes of docs/PROTOCOL.md section 2: another text with
   * every call, no more than {@code max_tokens} words of it, with the usage that this makes; as a
   * stream, about six chunks with text, one with the finish reason, one with usage if asked for,
   * and {@code [DONE]}.
   */
  public static EngineBehaviour ordinary() {
    return ORDINARY;
  }

  /** The good answer after {@code edit} of the whole, or of every chunk, the usage one included. */
  public static EngineBehaviour edited(Consumer<ObjectNode> edit) {
    return EditedAnswer.each(edit);
  }

  /** These bytes as the JSON of a 200, stream or not. */
  public static EngineBehaviour exactJson(Bytes json) {
    return call -> call.http().answerJson(200, json);
  }

  /**
   * The good answer written as few would: keys z, a, m first and the others backwards, numbers like
   * 1.0, 1e5 and -0.0, text beyond ASCII with and without escapes, spaces.
   */
  public static EngineBehaviour oddlyWritten() {
    return EditedAnswer.written(OddWriting::of);
  }

  /** Any status with any body, sent as application/json, and these headers beside. */
  public static EngineBehaviour status(int status, Bytes body, HttpHeader... headers) {
    List<HttpHeader> lines = new ArrayList<>(List.of(headers));
    lines.add(new HttpHeader("Content-Type", "application/json"));
    return call -> call.http().answer(status, lines, body);
  }

  /**
   * 500 with an error object whose message is {@code message}, a marker that nobody may pass on.
   */
  public static EngineBehaviour serverError(String message) {
    return status(500, EngineErrors.body("internal_server_error", message, 500));
  }

  /** 404 with an error object, as for a model that the engine does not serve. */
  public static EngineBehaviour modelNotFound() {
    return status(404, EngineErrors.body("not_found_error", "the model does not exist", 404));
  }

  /** 429 with {@code Retry-After}, as of a full engine. */
  public static EngineBehaviour tooManyRequests(int retryAfterSeconds) {
    return status(
        429,
        EngineErrors.body("rate_limit_error", "the engine is full", 429),
        new HttpHeader("Retry-After", Integer.toString(retryAfterSeconds)));
  }

  /** The connection is closed (FIN) in the place of an answer. */
  public static EngineBehaviour closedBeforeHead() {
    return call -> call.http().closeSilently();
  }

  /** The connection is reset (RST) in the place of an answer. */
  public static EngineBehaviour resetBeforeHead() {
    return call -> call.http().reset();
  }

  /** A good head, half of a whole answer or of the first event, and the connection is closed. */
  public static EngineBehaviour closedInBody() {
    return call -> {
      if (call.streamed()) {
        Bytes event = EngineEvents.ordinary(call).get(0);
        HostedStream stream = EngineEvents.open(call);
        stream.write(firstHalf(event));
        stream.closeUnfinished();
      } else {
        Bytes whole = StrictJson.write(OrdinaryAnswer.to(call));
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + whole.length()
                + "\r\n\r\n";
        Bytes sent = Bytes.owning(head.getBytes(StandardCharsets.US_ASCII));
        call.http().raw(Bytes.concat(sent, firstHalf(whole)));
      }
    };
  }

  /** 200 and a complete body that is half of a JSON object; as a stream, its first event is. */
  public static EngineBehaviour brokenJson() {
    EngineBehaviour broken = StreamBehaviours.brokenChunk(0);
    return call -> {
      if (call.streamed()) {
        broken.serve(call);
      } else {
        call.http().answerJson(200, firstHalf(StrictJson.write(OrdinaryAnswer.to(call))));
      }
    };
  }

  /** The good answer with a usage that is none; the answer for images, which has none, is good. */
  public static EngineBehaviour withUsage(OddUsage odd) {
    return EditedAnswer.usage(odd::inPlaceOf);
  }

  /** The good answer with these tokens in its usage, whatever was asked for and said. */
  public static EngineBehaviour withUsage(long promptTokens, long completionTokens) {
    return EditedAnswer.usage(
        good -> Optional.of(OrdinaryAnswer.usage(promptTokens, completionTokens)));
  }

  /** The good answer with fields that vLLM adds, most of them null; every client takes them. */
  public static EngineBehaviour withEngineFields() {
    return EditedAnswer.each(EngineFields::addHarmless);
  }

  /**
   * The good answer with fields of vLLM that the published SDKs do not take and a node has to mend:
   * {@code prompt_tokens_details} without audio, a number as {@code stop_reason}, a null tier.
   */
  public static EngineBehaviour withUnfitFields() {
    return EditedAnswer.each(EngineFields::addUnfit);
  }

  /** A chat answer that calls a tool and says nothing; other endpoints give the good answer. */
  public static EngineBehaviour toolCalls() {
    return new ToolCalls();
  }

  /** The good answer with a {@code seal} of the engine's own in it, which the node has to drop. */
  public static EngineBehaviour withSeal() {
    String zeros = Base64.getEncoder().encodeToString(new byte[32]);
    return EditedAnswer.each(
        tree -> tree.putObject("seal").put("seq", 7).put("final", true).put("request_hash", zeros));
  }

  /** Nothing at all, not even a head, until the node closes the connection. */
  public static EngineBehaviour silence() {
    return call -> {
      Deadline end = Deadline.in(SuiteClock.system(), LONGEST_SILENCE);
      if (!call.http().awaitPeerGone(end)) {
        call.http().reset();
      }
    };
  }

  /** Says nothing more on {@code stream} until the node closes the connection. */
  static void staySilent(HostedStream stream) throws IOException {
    if (!stream.awaitPeerGone(Deadline.in(SuiteClock.system(), LONGEST_SILENCE))) {
      stream.abort();
    }
  }

  /** The first half of {@code bytes}, a torso of JSON in every case. */
  static Bytes firstHalf(Bytes bytes) {
    return bytes.slice(0, bytes.length() / 2);
  }
}
