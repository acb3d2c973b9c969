package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.WrongSignature;
import dev.sealcheck.conformance.node.BrokenNode;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeStreams;
import dev.sealcheck.conformance.node.ReplyFault;
import io.cucumber.java.ParameterType;

/** The phrases of features that stand for what passes between proxy and node. */
public final class NodeParameterTypes {

  /** More events than any answer of a scripted node has. */
  private static final int ALL = 100;

  /** Made by Cucumber for each scenario. */
  public NodeParameterTypes() {}

  /** A signature scheme, docs/PROTOCOL.md section 5. */
  @ParameterType("Ed25519|secp256k1|secp256r1")
  public SignatureScheme scheme(String words) {
    return switch (words) {
      case "Ed25519" -> SignatureScheme.ED25519;
      case "secp256k1" -> SignatureScheme.SECP256K1;
      case "secp256r1" -> SignatureScheme.SECP256R1;
      default -> throw new IllegalArgumentException("no scheme is called " + words);
    };
  }

  /** A signature that must not be taken, docs/PROTOCOL.md section 5. */
  @ParameterType("[A-Za-z0-9 ]+")
  public WrongSignature wrongSignature(String words) {
    return switch (words) {
      case "an empty signature" -> WrongSignature.EMPTY;
      case "a text that is no base64 for a signature" -> WrongSignature.NOT_BASE64;
      case "a byte too few in the signature" -> WrongSignature.TOO_SHORT;
      case "a byte too many in the signature" -> WrongSignature.TOO_LONG;
      case "a signature of an unknown scheme" -> WrongSignature.FLAG_UNKNOWN;
      case "a signature under the flag of another scheme" -> WrongSignature.FLAG_OF_ANOTHER;
      case "one flipped bit in the signature" -> WrongSignature.BIT_FLIPPED;
      case "a true signature of another hash" -> WrongSignature.OF_OTHER_HASH;
      case "the s of the other half" -> WrongSignature.OTHER_S;
      case "a zero signature" -> WrongSignature.ALL_ZERO;
      case "a key off the curve" -> WrongSignature.OFF_THE_CURVE;
      case "a key out of the field" -> WrongSignature.OUT_OF_THE_FIELD;
      default -> throw new IllegalArgumentException("no wrong signature is called " + words);
    };
  }

  /** One thing wrong with what a node answers, docs/PROTOCOL.md sections 2 to 6. */
  @ParameterType("[A-Za-z0-9 ]+")
  public ReplyFault replyFault(String words) {
    return switch (words) {
      case "a foreign signature" -> ReplyFault.FOREIGN_SIGNER;
      case "a signature of another hash" -> ReplyFault.SIGNATURE_OF_OTHER_HASH;
      case "a false signature" -> ReplyFault.SIGNATURE_FALSE;
      case "no signature" -> ReplyFault.SIGNATURE_MISSING;
      case "null for a signature" -> ReplyFault.SIGNATURE_NULL;
      case "an empty signature" -> ReplyFault.SIGNATURE_EMPTY;
      case "text for a signature" -> ReplyFault.SIGNATURE_NOT_BASE64;
      case "a signature too short" -> ReplyFault.SIGNATURE_TOO_SHORT;
      case "a signature too long" -> ReplyFault.SIGNATURE_TOO_LONG;
      case "a signature of no scheme" -> ReplyFault.SIGNATURE_FLAG_UNKNOWN;
      case "no hash" -> ReplyFault.HASH_MISSING;
      case "text for a hash" -> ReplyFault.HASH_NOT_BASE64;
      case "a hash of 31 bytes" -> ReplyFault.HASH_OF_31_BYTES;
      case "no ciphertext" -> ReplyFault.CIPHERTEXT_MISSING;
      case "no nonce" -> ReplyFault.NONCE_MISSING;
      case "half of its JSON" -> ReplyFault.BROKEN_JSON;
      case "a list around it" -> ReplyFault.ARRAY_FOR_OBJECT;
      case "no usage" -> ReplyFault.USAGE_ABSENT;
      case "null for its usage" -> ReplyFault.USAGE_NULL;
      case "text for its usage" -> ReplyFault.USAGE_NO_OBJECT;
      case "a usage without counts" -> ReplyFault.USAGE_WITHOUT_COUNTS;
      case "a negative usage" -> ReplyFault.USAGE_NEGATIVE;
      case "a fractional usage" -> ReplyFault.USAGE_FRACTIONAL;
      case "a usage in words" -> ReplyFault.USAGE_TEXTUAL;
      case "an absurd usage" -> ReplyFault.USAGE_ABSURD;
      case "no usage outside" -> ReplyFault.USAGE_ABSENT_OUTSIDE;
      default -> throw new IllegalArgumentException("no fault of an answer is called " + words);
    };
  }

  /** A way in which the events of a node's stream fall into writes. */
  @ParameterType("[a-z ]+")
  public NodeBehaviour nodeSegmentation(String words) {
    return switch (words) {
      case "two events in each write" -> NodeStreams.coalesced(2);
      case "all events in one write" -> NodeStreams.coalesced(ALL);
      case "its second event byte by byte" -> NodeStreams.bytewise(1);
      case "a comment glued to each event" -> NodeStreams.commentBeforeEvents();
      case "a comment inside each event" -> NodeStreams.commentInsideEvents();
      default -> throw new IllegalArgumentException("no segmentation is called " + words);
    };
  }

  /** A way in which a node's stream ends too early, none of them after more than two events. */
  @ParameterType("[a-z ]+")
  public NodeBehaviour breakOff(String words) {
    return switch (words) {
      case "resets the connection before its first event" -> NodeStreams.resetAfter(0);
      case "resets the connection after two events" -> NodeStreams.resetAfter(2);
      case "closes the connection after two events" -> NodeStreams.closedAfter(2);
      case "ends in order after two events" -> NodeStreams.endedAfter(2);
      case "ends in order without its usage" -> NodeStreams.withoutUsage();
      default -> throw new IllegalArgumentException("no end of a stream is called " + words);
    };
  }

  /** A way in which a node breaks off after it has taken a request. */
  @ParameterType("[a-z ]+")
  public NodeBehaviour breakDown(String words) {
    return switch (words) {
      case "resets the connection" -> BrokenNode.resetting();
      case "closes the connection" -> BrokenNode.closing();
      default -> throw new IllegalArgumentException("no break is called " + words);
    };
  }

  /** A node's refusal, and what may become of it. */
  @ParameterType("[a-z0-9, ]+")
  public NodeSays nodeSays(String words) {
    return NodeSays.of(words);
  }

  /** What a node writes into its errors. */
  @ParameterType("[A-Za-z ]+")
  public NodeWords nodeWords(String words) {
    return NodeWords.of(words);
  }
}
