package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.Bytes;
import java.io.IOException;

/**
 * Behaviours of a node that streams. Events are all right unless it is said; they count from 0, the
 * last but one ends the text, the last has the usage. A call that asks for no stream is a mistake
 * of the suite.
 */
public final class NodeStreams {
  private static final Bytes COMMENT_LINE = Bytes.utf8(": keep-alive\n");
  private static final Bytes LINE_END = Bytes.utf8("\n");

  private NodeStreams() {}

  /** The whole stream, but event {@code index} is changed; all events before and after are good. */
  public static NodeBehaviour withEvent(int index, ReplyChange change) {
    return streaming(
        stream -> {
          requireEvent(stream, index);
          play(stream, 0, index);
          stream.write(stream.event(index, change));
          play(stream, index + 1, stream.events());
          stream.end();
        });
  }

  /** The whole stream, but the last event, which has the usage, is changed. */
  public static NodeBehaviour withLastEvent(ReplyChange change) {
    return streaming(
        stream -> {
          play(stream, 0, stream.events() - 1);
          stream.write(stream.usage(change));
          stream.end();
        });
  }

  /** The whole stream, {@code together} events in each write. */
  public static NodeBehaviour coalesced(int together) {
    if (together < 2) {
      throw new IllegalArgumentException(together + " events in one write: 2 and more allowed");
    }
    return streaming(
        stream -> {
          for (int i = 0; i < stream.events(); i += together) {
            Bytes joined = Bytes.empty();
            for (int k = i; k < Math.min(i + together, stream.events()); k++) {
              joined = Bytes.concat(joined, stream.event(k, ReplyChange.NONE));
            }
            stream.write(joined);
          }
          stream.end();
        });
  }

  /** The whole stream, event {@code index} with a write for every byte. */
  public static NodeBehaviour bytewise(int index) {
    return streaming(
        stream -> {
          requireEvent(stream, index);
          play(stream, 0, index);
          writeBytewise(stream, stream.event(index, ReplyChange.NONE));
          play(stream, index + 1, stream.events());
          stream.end();
        });
  }

  /** The whole stream, with a comment as a block of its own in the same write as each event. */
  public static NodeBehaviour commentBeforeEvents() {
    return prefixed(Bytes.concat(COMMENT_LINE, LINE_END));
  }

  /** The whole stream, with a comment line directly above the data line of each event. */
  public static NodeBehaviour commentInsideEvents() {
    return prefixed(COMMENT_LINE);
  }

  /** Resets the connection after {@code events} good events; 0 for none. */
  public static NodeBehaviour resetAfter(int events) {
    return cut(events, NodeStream::abort);
  }

  /** Closes the connection without the last chunk of HTTP, after {@code events} good events. */
  public static NodeBehaviour closedAfter(int events) {
    return cut(events, NodeStream::closeUnfinished);
  }

  /** Ends the body cleanly after {@code events} good events, fewer than a whole answer has. */
  public static NodeBehaviour endedAfter(int events) {
    return cut(events, NodeStream::end);
  }

  /** Ends the body cleanly after the finish, without the event that has the usage. */
  public static NodeBehaviour withoutUsage() {
    return streaming(
        stream -> {
          play(stream, 0, stream.events() - 1);
          stream.end();
        });
  }

  /**
   * Is silent after {@code events} good events, comments included, until the proxy closes or stops
   * the stream or the behaviour is withdrawn.
   */
  public static NodeBehaviour silentAfter(int events) {
    return cut(events, NodeStream::hold);
  }

  /** As {@link #silentAfter}, but a stop of the proxy is answered and then ignored. */
  public static NodeBehaviour deafAfter(int events) {
    return cut(
        events,
        stream -> {
          stream.ignoreStops();
          stream.hold();
        });
  }

  /** Writes all events of a whole answer and ends. */
  static void playWhole(NodeStream stream) throws IOException {
    play(stream, 0, stream.events());
    stream.end();
  }

  /** Writes an event with a write for every byte. */
  static void writeBytewise(NodeStream stream, Bytes event) throws IOException {
    boolean open = true;
    for (int i = 0; open && i < event.length(); i++) {
      open = stream.write(event.slice(i, i + 1));
    }
  }

  private static NodeBehaviour prefixed(Bytes prefix) {
    return streaming(
        stream -> {
          for (int i = 0; i < stream.events(); i++) {
            stream.write(Bytes.concat(prefix, stream.event(i, ReplyChange.NONE)));
          }
          stream.end();
        });
  }

  private static NodeBehaviour cut(int events, Play then) {
    return streaming(
        stream -> {
          requireEvent(stream, events);
          play(stream, 0, events);
          then.play(stream);
        });
  }

  private static NodeBehaviour streaming(Play play) {
    return call -> {
      OpenedRequest request = call.open();
      if (!request.streamed()) {
        throw new IllegalStateException("a stream for a call that asks for none");
      }
      play.play(call.stream(request));
    };
  }

  /** A whole answer must have event {@code index}, else nothing would have been tested. */
  private static void requireEvent(NodeStream stream, int index) {
    if (index < 0 || index >= stream.events()) {
      throw new IllegalStateException("event " + index + " of " + stream.events());
    }
  }

  private static void play(NodeStream stream, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      if (!stream.write(stream.event(i, ReplyChange.NONE))) {
        return;
      }
    }
  }

  /** What is done with an open stream. */
  private interface Play {
    void play(NodeStream stream) throws IOException;
  }
}
