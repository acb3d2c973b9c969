package dev.sealcheck.proxy.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.server.SseWriter;
import dev.sealcheck.protocol.server.WireServer;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.Usage;
import dev.sealcheck.proxy.account.Reservation;
import dev.sealcheck.proxy.registry.RegisteredNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes a node's events on as they come, each checked first; docs/PROTOCOL.md section 6. */
public final class StreamRelay {

  private final ServerLimits limits;
  private final NodeLimits nodeLimits;
  private final Timekeeper time;

  /** A relay that waits for nodes as long as {@code nodeLimits} say. */
  public StreamRelay(ServerLimits limits, NodeLimits nodeLimits, Timekeeper time) {
    this.limits = limits;
    this.nodeLimits = nodeLimits;
    this.time = time;
  }

  /**
   * Relays a whole stream and settles its reservation.
   *
   * @param stopNode asks the node to end the stream; called once, when the client is gone
   */
  void relay(
      WatchedInput body,
      Reservation reservation,
      RegisteredNode node,
      Runnable stopNode,
      Context context)
      throws AbortedException, IOException {
    AtomicBoolean clientGone = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (WireServer.isCut(context)) {
            body.closeQuietly();
          } else if (clientGone.compareAndSet(false, true)) {
            stopNode.run();
            time.after(nodeLimits.lastUsage(), body::closeQuietly);
          }
        };
    long passedOn = 0;
    try (SseWriter writer = new SseWriter(context, limits.keepAlive(), leave)) {
      SseInput events = new SseInput(body, nodeLimits.maxAnswerBytes());
      Optional<JsonNode> usage = Optional.empty();
      for (Optional<byte[]> event = events.next(); event.isPresent(); event = events.next()) {
        SealedMessage message = AnswerCheck.verified(event.get(), node.address());
        usage = message.usage();
        if (!clientGone.get()) {
          // Counted first: a write that fails may have reached a client that left on reading it.
          passedOn++;
          passOn(writer, message, leave);
        }
      }
      if (usage.isEmpty()) {
        throw new MalformedMessageException("usage", "must be in the last event");
      }
      reservation.settle(Usage.parse(usage.get()).totalTokens());
    } catch (MalformedMessageException | IOException e) {
      // A client that leaves pays for what was generated; a failing node is paid nothing.
      if (!clientGone.get()) {
        throw new AbortedException("the node's stream is unusable: " + reason(e));
      }
      reservation.settle(passedOn);
    }
    if (clientGone.get()) {
      throw new IOException("the client is gone");
    }
  }

  private static void passOn(SseWriter writer, SealedMessage message, Runnable leave) {
    try {
      writer.event(message.toJson());
    } catch (IOException gone) {
      leave.run();
    }
  }

  private static String reason(Exception e) {
    return e instanceof MalformedMessageException ? e.getMessage() : "it broke off";
  }
}
