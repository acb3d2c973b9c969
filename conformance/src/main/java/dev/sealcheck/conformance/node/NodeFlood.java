package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Streams good events of 8 KiB of text as fast as the proxy takes them, and counts what has left:
 * where the count no longer grows, back-pressure has reached the node.
 */
public final class NodeFlood implements NodeBehaviour {
  private static final String TEXT = "flood of words, ".repeat(512);

  private final long capBytes;
  private final AtomicLong written = new AtomicLong();

  /**
   * A flood that ends as a whole answer does once {@code capBytes} have left.
   *
   * @throws IllegalArgumentException if that is not positive
   */
  public NodeFlood(long capBytes) {
    if (capBytes < 1) {
      throw new IllegalArgumentException("cap of " + capBytes + " bytes: 1 and above allowed");
    }
    this.capBytes = capBytes;
  }

  /** The bytes of all events whose write has returned, of all calls. */
  public long writtenBytes() {
    return written.get();
  }

  /** Whether the proxy took all of it. */
  public boolean isOver() {
    return writtenBytes() >= capBytes;
  }

  @Override
  public void serve(NodeCall call) throws IOException, RefusedEnvelope {
    OpenedRequest request = call.open();
    if (!request.streamed()) {
      throw new IllegalStateException("a stream for a call that asks for none");
    }
    NodeStream stream = call.stream(request);
    boolean open = true;
    while (open && !isOver()) {
      long before = stream.writtenBytes();
      open = stream.write(stream.piece(LONG_TEXT));
      written.addAndGet(stream.writtenBytes() - before);
    }
    stream.write(stream.finish(ReplyChange.NONE));
    stream.write(stream.usage(ReplyChange.NONE));
    stream.end();
  }

  private static final ReplyChange LONG_TEXT =
      new ReplyChange() {
        @Override
        public ObjectNode inside(ObjectNode plaintext) {
          ObjectNode choice = (ObjectNode) ((ArrayNode) plaintext.get("choices")).get(0);
          if (choice.get("delta") instanceof ObjectNode delta) {
            delta.put("content", TEXT);
          } else {
            choice.put("text", TEXT);
          }
          return plaintext;
        }
      };
}
