package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.world.Framing;
import dev.sealcheck.conformance.world.Refusal;
import io.cucumber.java.ParameterType;

/** The phrases of features that stand for names and numbers on the wire. */
public final class ParameterTypes {

  /** Made by Cucumber for each scenario. */
  public ParameterTypes() {}

  /** A way to be refused, docs/PROTOCOL.md section 9. */
  @ParameterType(
      "an invalid body|an unusable body|sealed to a stale key|undecryptable|unauthenticated|an unknown path|a wrong method|too large|a wrong"
          + " media type|an unavailable stack|a model without a node|an empty account|a replay|too many requests|a failed inference")
  public Refusal refusal(String words) {
    return Refusal.of(words);
  }

  /** A field of the envelope, docs/PROTOCOL.md section 2. */
  @ParameterType(
      "ciphertext|client key|node key|nonce|salt|body hash|stack|model|stream flag|compute units")
  public String field(String words) {
    return switch (words) {
      case "client key" -> "client_dh_public_key";
      case "node key" -> "node_dh_public_key";
      case "body hash" -> "plaintext_body_hash";
      case "stack" -> "stack_small_id";
      case "model" -> "model_name";
      case "stream flag" -> "stream";
      case "compute units" -> "num_compute_units";
      default -> words;
    };
  }

  /** What the body of an endpoint asks about, docs/PROTOCOL.md section 2. */
  @ParameterType("messages are|prompt is|input is")
  public String input(String words) {
    return words.substring(0, words.indexOf(' '));
  }

  /** A body that attacks a parser, sent in place of an envelope. */
  @ParameterType(
      "nothing|a lone brace|a hundred thousand brackets|a huge number|a key twice|invalid UTF-8|a"
          + " byte order mark|NUL bytes|a lone surrogate|a key of a megabyte")
  public Bytes hostile(String words) {
    return switch (words) {
      case "nothing" -> Bytes.empty();
      case "a lone brace" -> Bytes.utf8("{");
      case "a hundred thousand brackets" -> Bytes.utf8("[".repeat(100_000));
      case "a huge number" -> Bytes.utf8("{\"stack_small_id\":1e999999}");
      case "a key twice" -> Bytes.utf8("{\"nonce\":\"a\",\"nonce\":\"b\"}");
      case "invalid UTF-8" -> Bytes.hex("7b22c080223a317d");
      case "a byte order mark" -> Bytes.hex("efbbbf7b7d");
      case "NUL bytes" -> Bytes.hex("00".repeat(64));
      case "a lone surrogate" -> Bytes.utf8("{\"model_name\":\"\\ud800\"}");
      case "a key of a megabyte" -> Bytes.utf8("{\"" + "k".repeat(1 << 20) + "\":1}");
      default -> throw new IllegalArgumentException("no hostile body is called " + words);
    };
  }

  /** A way to say where a body ends, RFC 9112 section 6. */
  @ParameterType(
      "chunks|one length twice|two different lengths|a length and chunks|a length and odd chunks|a"
          + " length too short|a length too long|a length that is no number|a chunk size that is"
          + " no number")
  public Framing framing(String words) {
    return Framing.of(words);
  }
}
