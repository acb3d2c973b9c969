package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A change that keeps the replies that it is made to, so that a scenario can look for parts of them
 * where they should not be.
 */
public final class NotedChange implements ReplyChange {
  private final ReplyChange change;
  private final List<Bytes> replies = new CopyOnWriteArrayList<>();

  /** Notes what {@code change} is made to. */
  public NotedChange(ReplyChange change) {
    this.change = change;
  }

  @Override
  public ObjectNode inside(ObjectNode plaintext) {
    return change.inside(plaintext);
  }

  @Override
  public SealedReply outside(SealedReply reply) {
    replies.add(reply.json());
    return change.outside(reply);
  }

  /** The ciphertexts, nonces, hashes and signatures as they were before the change. */
  public List<String> texts() {
    return replies.stream()
        .flatMap(json -> StrictJson.parseObject(json).valueStream())
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .toList();
  }
}
