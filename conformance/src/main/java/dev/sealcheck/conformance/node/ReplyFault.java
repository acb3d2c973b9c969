package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The one thing that is wrong with a reply; all else of it is right. A usage fault can only befall
 * a reply that has usage: elsewhere it throws {@link IllegalStateException}, for nothing would be
 * tested.
 */
public enum ReplyFault implements ReplyChange {
  /** Signed, and validly so, by somebody else with a key of the same scheme. */
  FOREIGN_SIGNER(
      Part.SIGNATURE, reply -> reply.signedBy(SigningPair.generate(reply.signer().scheme()))),
  /** The node's valid signature, but over other bytes than the hash it names. */
  SIGNATURE_OF_OTHER_HASH(Part.SIGNATURE, reply -> reply.signedOver(otherHash())),
  /** One bit of the signature is flipped; flag, lengths and public key are right. */
  SIGNATURE_FALSE(Part.SIGNATURE, fields(f -> f.flippedBit("signature", 8 * 20))),
  /** No signature. */
  SIGNATURE_MISSING(Part.SIGNATURE, fields(f -> f.without("signature"))),
  /** A null for the signature. */
  SIGNATURE_NULL(Part.SIGNATURE, fields(f -> f.with("signature", NullNode.getInstance()))),
  /** An empty text for the signature. */
  SIGNATURE_EMPTY(Part.SIGNATURE, fields(f -> f.with("signature", ""))),
  /** A text that is no base64 for the signature. */
  SIGNATURE_NOT_BASE64(Part.SIGNATURE, fields(f -> f.with("signature", "*not base64*"))),
  /** The last byte of the signature envelope is missing. */
  SIGNATURE_TOO_SHORT(
      Part.SIGNATURE, fields(f -> f.mapped("signature", b -> b.slice(0, b.length() - 1)))),
  /** The signature envelope has a byte too many. */
  SIGNATURE_TOO_LONG(
      Part.SIGNATURE, fields(f -> f.mapped("signature", b -> Bytes.concat(b, Bytes.hex("00"))))),
  /** The signature's flag is 9, which names no scheme. */
  SIGNATURE_FLAG_UNKNOWN(
      Part.SIGNATURE,
      fields(
          f -> f.mapped("signature", b -> Bytes.concat(Bytes.hex("09"), b.slice(1, b.length()))))),
  /** No hash. */
  HASH_MISSING(Part.HASH, fields(f -> f.without("response_hash"))),
  /** A text that is no base64 for the hash. */
  HASH_NOT_BASE64(Part.HASH, fields(f -> f.with("response_hash", "*not base64*"))),
  /** The last byte of the hash is missing. */
  HASH_OF_31_BYTES(
      Part.HASH, fields(f -> f.mapped("response_hash", b -> b.slice(0, b.length() - 1)))),
  /**
   * Hash and valid signature of other bytes than those sealed. A proxy cannot know; a client must.
   */
  HASH_OF_OTHER_BYTES(Part.CLIENT, reply -> reply.claiming(otherHash())),
  /** No ciphertext. */
  CIPHERTEXT_MISSING(Part.SHAPE, fields(f -> f.without("ciphertext"))),
  /** No nonce. */
  NONCE_MISSING(Part.SHAPE, fields(f -> f.without("nonce"))),
  /** Half of the JSON. */
  BROKEN_JSON(Part.SHAPE, raw(json -> json.slice(0, json.length() / 2))),
  /** The reply as the only element of an array. */
  ARRAY_FOR_OBJECT(Part.SHAPE, raw(json -> Bytes.concat(Bytes.utf8("["), json, Bytes.utf8("]")))),
  /** No usage, inside and outside. */
  USAGE_ABSENT(Part.USAGE, MissingNode.getInstance()),
  /** Usage is null, inside and outside. */
  USAGE_NULL(Part.USAGE, NullNode.getInstance()),
  /** Usage is a text, inside and outside. */
  USAGE_NO_OBJECT(Part.USAGE, TextNode.valueOf("5")),
  /** An empty usage, inside and outside. */
  USAGE_WITHOUT_COUNTS(Part.USAGE, StrictJson.object()),
  /** All counts are -1, inside and outside. */
  USAGE_NEGATIVE(Part.USAGE, Usage.all(IntNode.valueOf(-1))),
  /** All counts are 1.5, inside and outside. */
  USAGE_FRACTIONAL(Part.USAGE, Usage.all(DecimalNode.valueOf(new BigDecimal("1.5")))),
  /** All counts are the text "5", inside and outside. */
  USAGE_TEXTUAL(Part.USAGE, Usage.all(TextNode.valueOf("5"))),
  /** All counts are 10^18, inside and outside. */
  USAGE_ABSURD(Part.USAGE, Usage.all(LongNode.valueOf(1_000_000_000_000_000_000L))),
  /** No usage outside; the one inside is right. */
  USAGE_ABSENT_OUTSIDE(Part.OUTER_USAGE, fields(f -> f.without(Usage.FIELD))),
  /** Outside one completion token more than inside. A proxy cannot know; a client must. */
  USAGE_DIFFERS_OUTSIDE(
      Part.CLIENT, fields(f -> f.with(Usage.FIELD, oneMore(f.field(Usage.FIELD).orElseThrow()))));

  /** Which part of a reply a fault is in, and so who can find it. */
  public enum Part {
    /** The signature: the proxy must refuse. */
    SIGNATURE,
    /** The form of the hash: the proxy must refuse. */
    HASH,
    /** The form of the reply: the proxy must refuse. */
    SHAPE,
    /** The usage on both sides of the seal: the proxy must refuse. */
    USAGE,
    /** The usage outside alone: the proxy must refuse. */
    OUTER_USAGE,
    /** What only somebody who opens the reply can find. */
    CLIENT
  }

  private final Part part;

  // Both only hold constants, and the one tree among them is copied before it is handed out.
  @SuppressWarnings("ImmutableEnumChecker")
  private final UnaryOperator<ObjectNode> inside;

  @SuppressWarnings("ImmutableEnumChecker")
  private final UnaryOperator<SealedReply> outside;

  ReplyFault(Part part, UnaryOperator<SealedReply> outside) {
    this.part = part;
    this.inside = UnaryOperator.identity();
    this.outside = outside;
  }

  /** A fault of the usage; a missing node leaves it out. */
  ReplyFault(Part part, JsonNode usage) {
    this.part = part;
    this.inside = plaintext -> withUsage(plaintext, usage);
    this.outside = UnaryOperator.identity();
  }

  /** The part it is in. */
  public Part part() {
    return part;
  }

  /** All faults of a part, in their order. */
  public static List<ReplyFault> of(Part part) {
    return Arrays.stream(values()).filter(fault -> fault.part == part).toList();
  }

  @Override
  public ObjectNode inside(ObjectNode plaintext) {
    return inside.apply(plaintext);
  }

  @Override
  public SealedReply outside(SealedReply reply) {
    return outside.apply(reply);
  }

  private static UnaryOperator<SealedReply> fields(UnaryOperator<Envelope> change) {
    return reply -> reply.change(change);
  }

  private static UnaryOperator<SealedReply> raw(UnaryOperator<Bytes> change) {
    return fields(f -> f.withRawJson(change.apply(f.json())));
  }

  private static BodyHash otherHash() {
    return BodyHash.of(Bytes.random(BodyHash.LENGTH_BYTES));
  }

  private static ObjectNode withUsage(ObjectNode plaintext, JsonNode usage) {
    if (!plaintext.has(Usage.FIELD)) {
      throw new IllegalStateException("a fault of the usage in a reply that has none");
    }
    if (usage.isMissingNode()) {
      return plaintext.without(Usage.FIELD);
    }
    return plaintext.set(Usage.FIELD, usage.deepCopy());
  }

  private static JsonNode oneMore(JsonNode usage) {
    return Usage.of(
        usage.path("prompt_tokens").longValue(), usage.path("completion_tokens").longValue() + 1);
  }
}
