package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What the defects of envelopes, bodies and keys look at. */
final class SealingDefects {

  private static final int INVALID = 400;
  private static final int LARGE_BYTES = 10_000;

  private SealingDefects() {}

  /** True for an envelope that is not compact JSON of the known fields, the ciphertext first. */
  static boolean isSpelledUnusually(Call call) {
    if (!call.isChat()) {
      return false;
    }
    try {
      ObjectNode envelope = StrictJson.parseObject(call.body());
      return envelope.size() > 9
          || !envelope.fieldNames().next().equals("ciphertext")
          || !StrictJson.write(envelope).equals(call.body());
    } catch (MalformedAnswer notJson) {
      return false;
    }
  }

  static boolean hasUnusualMediaType(Call call) {
    return call.headers().stream()
        .filter(header -> header.isNamed("Content-Type"))
        .map(HttpHeader::value)
        .anyMatch(value -> value.contains(";"));
  }

  static boolean isLarge(Intercepted request) {
    return request.plaintext().map(Bytes::length).orElse(0) > LARGE_BYTES;
  }

  static boolean saysNothingOfStream(Intercepted request) {
    return body(request).map(text -> !text.path("stream").isBoolean()).orElse(false);
  }

  /** True for a body that is not compact JSON, or begins with another key than usual. */
  static boolean isWrittenUnusually(Intercepted request) {
    return body(request)
        .map(
            text ->
                !text.fieldNames().next().equals("model")
                    || !StrictJson.write(text).equals(request.plaintext().orElseThrow()))
        .orElse(false);
  }

  /** True for a client key with its top bit set, and for the base point. */
  static boolean hasUnreducedKey(Intercepted request) {
    if (request.plaintext().isEmpty()) {
      return false;
    }
    String named = request.envelope().orElseThrow().path("client_dh_public_key").textValue();
    Bytes key = Base64Text.decode("client_dh_public_key", named);
    return key.at(31) >= 0x80 || key.slice(1, 31).equals(Bytes.hex("ff".repeat(30)));
  }

  /** Both ways to convert: a number that is none yet, and one that is not positive. */
  static Tamper convertingNumbers() {
    return new Tamper() {
      @Override
      public boolean overlooks(Harm harm) {
        return harm == Harm.FIELD_OF_WRONG_TYPE;
      }

      @Override
      public boolean overlooks(Reply refusal) {
        return refusal.status() == INVALID;
      }
    };
  }

  static Tamper lenientBase64() {
    return Tampers.overlooking(
        Harm.FIELD_OF_WRONG_TYPE, Harm.OTHER_NODE_KEY, Harm.DOES_NOT_OPEN, Harm.WRONG_HASH);
  }

  /** Every other refusal of what cannot be opened has another message. */
  static Tamper tellingApart() {
    AtomicInteger refusals = new AtomicInteger();
    return Tampers.open(
        (call, reply) -> {
          boolean other = reply.status() == INVALID && refusals.incrementAndGet() % 2 == 0;
          return other ? Reply.refusal(INVALID, "UNDECRYPTABLE") : reply;
        });
  }

  static Reply healthCloses(Call call, Reply reply) {
    return call.path().equals("/health") && call.credentials().isEmpty()
        ? Reply.refusal(401, "AUTH_ERROR")
        : reply;
  }

  static Reply modelsOpen(Call call, Reply reply) {
    if (!call.path().equals("/v1/models") || !call.credentials().isEmpty()) {
      return reply;
    }
    ObjectNode list = StrictJson.object().put("object", "list");
    list.putArray("data").addObject().put("id", "sealcheck/chat-small");
    return Reply.json(list);
  }

  private static Optional<ObjectNode> body(Intercepted request) {
    return request
        .plaintext()
        .flatMap(
            text -> {
              try {
                return Optional.of(StrictJson.parseObject(text));
              } catch (MalformedAnswer notJson) {
                return Optional.empty();
              }
            });
  }
}
