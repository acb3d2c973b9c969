package dev.sealcheck.conformance.engine;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.host.HostedStream;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine can do with a stream. A call that asks for none gets the good answer. Events are
 * counted from 0; the good stream has its usage event and {@code [DONE]} at the end.
 */
public final class StreamBehaviours {
  private StreamBehaviours() {}

  /** What to do with an opened stream whose good events these would be. */
  private interface Course {
    void run(HostedStream stream, List<Bytes> good) throws IOException;
  }

  private static EngineBehaviour streamed(Course course) {
    return call -> {
      if (call.streamed()) {
        List<Bytes> good = EngineEvents.ordinary(call);
        course.run(EngineEvents.open(call), good);
      } else {
        Behaviours.ordinary().serve(call);
      }
    };
  }

  /** The good stream with a pause between two events each; the first one comes at once. */
  public static EngineBehaviour spread(Duration pause) {
    return streamed(
        (stream, good) -> {
          EngineEvents.write(stream, good.subList(0, 1));
          for (Bytes event : good.subList(1, good.size())) {
            await(pause);
            stream.write(event);
          }
          stream.end();
        });
  }

  private static void await(Duration pause) throws IOException {
    try {
      SuiteClock.system().await(pause);
    } catch (InterruptedException cut) {
      throw (InterruptedIOException) new InterruptedIOException("the call was cut").initCause(cut);
    }
  }

  /** The good stream without its usage event, asked for or not. */
  public static EngineBehaviour withoutUsage() {
    return Behaviours.withUsage(OddUsage.ABSENT);
  }

  /** A stream of exactly these chunks, then {@code [DONE]}; each must be one line. */
  public static EngineBehaviour exactChunks(List<Bytes> chunks) {
    List<Bytes> kept = List.copyOf(chunks);
    return streamed(
        (stream, good) -> {
          for (Bytes chunk : kept) {
            stream.write(EngineEvents.event(chunk));
          }
          stream.write(EngineEvents.DONE);
          stream.end();
        });
  }

  /** The good stream with event {@code index} cut to half of its JSON. */
  public static EngineBehaviour brokenChunk(int index) {
    return streamed(
        (stream, good) -> {
          List<Bytes> events = new ArrayList<>(good);
          Bytes half = Behaviours.firstHalf(atMostAll(good, index));
          events.set(index, Bytes.concat(half, Bytes.utf8("\n\n")));
          EngineEvents.write(stream, events);
          stream.end();
        });
  }

  private static Bytes atMostAll(List<Bytes> good, int index) {
    if (index < 0 || index >= good.size()) {
      throw new IllegalArgumentException(
          "event " + index + " of a stream of " + good.size() + ": 0 to size - 1 allowed");
    }
    return good.get(index);
  }

  /** The first {@code count} events, then a reset (RST) in the middle of the body. */
  public static EngineBehaviour resetAfter(int count) {
    return after(count, HostedStream::abort);
  }

  /** The first {@code count} events, then a close (FIN) in the middle of the body. */
  public static EngineBehaviour closedAfter(int count) {
    return after(count, HostedStream::closeUnfinished);
  }

  /** The first {@code count} events, then a clean end of the body, without {@code [DONE]}. */
  public static EngineBehaviour endedAfter(int count) {
    return after(count, HostedStream::end);
  }

  /** The first {@code count} events, then nothing until the node closes the connection. */
  public static EngineBehaviour silentAfter(int count) {
    return after(count, Behaviours::staySilent);
  }

  /**
   * The first {@code count} events, then, as vLLM does, an error object with {@code message} in the
   * place of a chunk, and the good end of a stream.
   */
  public static EngineBehaviour errorEventAfter(int count, String message) {
    return after(
        count,
        stream -> {
          stream.write(
              EngineEvents.event(EngineErrors.object("internal_server_error", message, 500)));
          stream.write(EngineEvents.DONE);
          stream.end();
        });
  }

  /** How a stream goes on. */
  private interface Rest {
    void run(HostedStream stream) throws IOException;
  }

  private static EngineBehaviour after(int count, Rest rest) {
    return streamed(
        (stream, good) -> {
          EngineEvents.write(stream, good.subList(0, Math.min(count, good.size())));
          rest.run(stream);
        });
  }
}
