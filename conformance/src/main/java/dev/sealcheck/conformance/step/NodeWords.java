package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeCode;
import dev.sealcheck.conformance.node.NodeErrors;
import java.util.Arrays;
import java.util.List;

/** Errors of a node, each with words that nobody else uses. */
enum NodeWords {
  KNOWN_CODE("a message", NodeErrors.refusing(NodeCode.UNDECRYPTABLE, NodeWords.MARKER)),
  FAILURE(
      "the message of a failure", NodeErrors.refusing(NodeCode.INTERNAL_ERROR, NodeWords.MARKER)),
  OTHER_CODE("a code", NodeErrors.answering(500, NodeWords.MARKER, "scripted")),
  NO_CODE("a message without a code", NodeErrors.codeless(400, NodeWords.MARKER)),
  OTHER_FIELDS("other fields", NodeErrors.answering(400, json(), details())),
  TEXT("plain text", NodeErrors.answering(503, type("text/plain"), Bytes.utf8(NodeWords.MARKER))),
  PAGE("a page", NodeErrors.answering(404, type("text/html"), page())),
  MUCH("a great deal of text", NodeErrors.answering(500, type("text/plain"), much()));

  /** What the client must not see. */
  static final String MARKER = "MARKED-WORDS-OF-THE-NODE";

  private static final int TIMES = 20_000;

  private final String words;

  // It holds constants only.
  @SuppressWarnings("ImmutableEnumChecker")
  private final NodeBehaviour behaviour;

  NodeWords(String words, NodeBehaviour behaviour) {
    this.words = words;
    this.behaviour = behaviour;
  }

  /** The error that features call {@code words}. */
  static NodeWords of(String words) {
    return Arrays.stream(values())
        .filter(one -> one.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node writes " + words));
  }

  /** What features call it. */
  String words() {
    return words;
  }

  /** A node that answers so. */
  NodeBehaviour behaviour() {
    return behaviour;
  }

  private static Bytes details() {
    return Bytes.utf8(
        "{\"error\":{\"code\":\"INVALID_BODY\",\"message\":\"scripted\",\"details\":\""
            + MARKER
            + "\"},\"trace\":[\""
            + MARKER
            + "\"]}");
  }

  private static Bytes page() {
    return Bytes.utf8("<html><body><h1>" + MARKER + "</h1></body></html>");
  }

  private static Bytes much() {
    return Bytes.utf8(MARKER.repeat(TIMES));
  }

  private static List<HttpHeader> json() {
    return type("application/json");
  }

  private static List<HttpHeader> type(String mediaType) {
    return List.of(new HttpHeader("Content-Type", mediaType));
  }
}
