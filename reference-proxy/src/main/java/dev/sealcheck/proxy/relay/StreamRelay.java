package dev.sealcheck.proxy.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.server.SseWriter;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.Usage;
import dev.sealcheck.proxy.account.Reservation;
import dev.sealcheck.proxy.registry.RegisteredNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes a node's events on as they come, each checked first; docs/PROTOCOL.md section 6. */
public final class StreamRelay {

  private final ServerLimits limits;
  private final NodeLimits nodeLimits;
  private final Timekeeper time;
  private final Executor writers;

  /** A relay whose comments are written by {@code writers}. */
  public StreamRelay(
      ServerLimits limits, NodeLimits nodeLimits, Timekeeper time, Executor writers) {
    this.limits = limits;
    this.nodeLimits = nodeLimits;
    this.time = time;
    this.writers = writers;
  }

  /**
   * Relays a whole stream and settles its reservation.
   *
   * @param stopNode asks the node to end the stream; called once, when the client is gone
   */
  void relay(
      InputStream nodeBody,
      Reservation reservation,
      RegisteredNode node,
      Runnable stopNode,
      Context context)
      throws AbortedException, IOException {
    WatchedInput body = new WatchedInput(nodeBody, time, nodeLimits.idle());
    AtomicBoolean clientGone = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (clientGone.compareAndSet(false, true)) {
            stopNode.run();
            time.after(nodeLimits.lastUsage(), body::closeQuietly);
          }
        };
    long passedOn = 0;
    try (SseWriter writer = new SseWriter(context, limits.keepAlive(), time, writers, leave)) {
      SseInput events = new SseInput(body, nodeLimits.maxAnswerBytes());
      Optional<JsonNode> usage = Optional.empty();
      for (Optional<byte[]> event = events.next(); event.isPresent(); event = events.next()) {
        SealedMessage message = AnswerCheck.verified(event.get(), node.address());
        usage = message.usage();
        if (!clientGone.get() && passedOn(writer, message, leave)) {
          passedOn++;
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

  private static boolean passedOn(SseWriter writer, SealedMessage message, Runnable leave) {
    try {
      writer.event(message.toJson());
      return true;
    } catch (IOException gone) {
      leave.run();
      return false;
    }
  }

  private static String reason(Exception e) {
    return e instanceof MalformedMessageException ? e.getMessage() : "it broke off";
  }
}
