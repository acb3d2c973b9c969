package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeCode;
import dev.sealcheck.conformance.node.NodeErrors;
import dev.sealcheck.conformance.world.Passage;
import java.util.Arrays;
import java.util.List;

/** The refusals of a node that mean something to a client (docs/PROTOCOL.md section 9). */
enum NodeSays {
  INVALID_BODY(
      "an invalid body",
      NodeErrors.refusing(NodeCode.INVALID_BODY, "scripted"),
      Passage.clientFault("400 INVALID_BODY", "400 REQUEST_ERROR")),
  UNDECRYPTABLE(
      "undecryptable",
      NodeErrors.refusing(NodeCode.UNDECRYPTABLE, "scripted"),
      Passage.clientFault("400 UNDECRYPTABLE")),
  STALE_NODE_KEY(
      "sealed to a stale key",
      NodeErrors.refusing(NodeCode.STALE_NODE_KEY, "scripted"),
      Passage.clientFault("409 STALE_NODE_KEY")),
  REPLAYED(
      "a replay",
      NodeErrors.refusing(NodeCode.REPLAYED_REQUEST, "scripted"),
      Passage.clientFault("409 REPLAYED_REQUEST")),
  FAULT_WITHOUT_CODE(
      "a fault of the client, without a code",
      NodeErrors.codeless(400, "scripted"),
      Passage.clientFault("400 INVALID_BODY", "400 REQUEST_ERROR")),
  LOCKED(
      "a stack that is being settled",
      NodeErrors.refusing(NodeCode.LOCKED, "scripted"),
      Passage.exactly(423, "423 LOCKED")),
  LOCKED_WITHOUT_CODE(
      "a stack that is being settled, without a code",
      NodeErrors.codeless(423, "scripted"),
      Passage.exactly(423, "423 LOCKED")),
  UNSIGNED(
      "not signed by its proxy",
      NodeErrors.refusing(NodeCode.AUTH_ERROR, "scripted"),
      Passage.NOT_UNAUTHENTICATED),
  UNSIGNED_WITHOUT_CODE(
      "not signed by its proxy, without a code",
      NodeErrors.codeless(401, "scripted"),
      Passage.NOT_UNAUTHENTICATED),
  UNAVAILABLE(
      "an unavailable stack",
      NodeErrors.refusing(NodeCode.UNAVAILABLE_STACK, "scripted"),
      Passage.exactly(425, "425 UNAVAILABLE_STACK")),
  UNAVAILABLE_WITHOUT_CODE(
      "an unavailable stack, without a code",
      NodeErrors.codeless(425, "scripted"),
      Passage.exactly(425, "425 UNAVAILABLE_STACK")),
  FULL(
      "too much for now",
      NodeErrors.full(Integer.parseInt(NodeSays.WAIT_SECONDS), "scripted"),
      Passage.exactly(429, "429 TOO_MANY_REQUESTS")),
  FULL_WITHOUT_CODE(
      "too much for now, without a code",
      NodeErrors.answering(
          429,
          List.of(
              new HttpHeader("Content-Type", "application/json"),
              new HttpHeader("Retry-After", NodeSays.WAIT_SECONDS)),
          Bytes.utf8("{\"error\":{\"message\":\"scripted\"}}")),
      Passage.exactly(429, "429 TOO_MANY_REQUESTS"));

  /** How long a full node asks to wait. */
  static final String WAIT_SECONDS = "7";

  private final String words;

  // All hold constants only.
  @SuppressWarnings("ImmutableEnumChecker")
  private final NodeBehaviour behaviour;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Passage passage;

  NodeSays(String words, NodeBehaviour behaviour, Passage passage) {
    this.words = words;
    this.behaviour = behaviour;
    this.passage = passage;
  }

  /** The refusal that features call {@code words}. */
  static NodeSays of(String words) {
    return Arrays.stream(values())
        .filter(one -> one.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node refuses as " + words));
  }

  /** What features call it. */
  String words() {
    return words;
  }

  /** A node that refuses so. */
  NodeBehaviour behaviour() {
    return behaviour;
  }

  /** What may become of it. */
  Passage passage() {
    return passage;
  }
}
