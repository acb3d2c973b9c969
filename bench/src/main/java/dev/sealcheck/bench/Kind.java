package dev.sealcheck.bench;

import dev.sealcheck.protocol.wire.ErrorCode;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a request of the soak does, how often in 1,000 it does so, and how it must be refused. */
enum Kind {
  /** A chat, a text completion or an embedding, read to its end. */
  WHOLE(270),
  /** A stream read to its end. */
  STREAM(290),
  /** A stream read to its end with a pause after every few events. */
  SLOW_STREAM(30),
  /** A stream whose client closes after some events. */
  LEFT_STREAM(60),
  /** A stream read slowly, byte by byte into a small buffer, and reset. */
  RESET_STREAM(30),
  /** A connection reset as soon as the request is sent. */
  RESET_ANSWER(30),
  /** A connection reset in the middle of the request's body. */
  RESET_BODY(40),
  BROKEN_JSON(25, ErrorCode.INVALID_BODY),
  WRONG_BASE64(25, ErrorCode.INVALID_BODY),
  TOO_LARGE(15, ErrorCode.BODY_TOO_LARGE),
  WRONG_MEDIA_TYPE(20, ErrorCode.UNSUPPORTED_MEDIA_TYPE),
  NO_TOKEN(20, ErrorCode.AUTH_ERROR),
  /** A user who never made a lock names a stack that may be somebody else's. */
  NO_LOCK(25, ErrorCode.UNAVAILABLE_STACK),
  UNKNOWN_STACK(20, ErrorCode.UNAVAILABLE_STACK),
  EXPIRED_LOCK(5, ErrorCode.UNAVAILABLE_STACK),
  FLIPPED_BIT(30, ErrorCode.UNDECRYPTABLE),
  SMALL_ORDER_KEY(15, ErrorCode.UNDECRYPTABLE),
  /** Envelope and body name different models. */
  OTHER_MODEL_INSIDE(15, ErrorCode.INVALID_BODY),
  FOREIGN_NODE_KEY(15, ErrorCode.STALE_NODE_KEY),
  /** A request that was answered is sent again. */
  REPLAY(20, ErrorCode.REPLAYED_REQUEST);

  private static final int ALL = 1_000;

  private final int weight;
  private final Optional<ErrorCode> refusal;

  Kind(int weight) {
    this.weight = weight;
    this.refusal = Optional.empty();
  }

  Kind(int weight, ErrorCode refusal) {
    this.weight = weight;
    this.refusal = Optional.of(refusal);
  }

  /** The code that a request of this kind must be refused with; empty where it is a good one. */
  Optional<ErrorCode> refusal() {
    return refusal;
  }

  /** The kind that {@code random} picks, each as often as its weight says. */
  static Kind pick(RandomGenerator random) {
    int left = random.nextInt(ALL);
    for (Kind kind : values()) {
      left -= kind.weight;
      if (left < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the weights are " + left + " short of " + ALL);
  }
}
