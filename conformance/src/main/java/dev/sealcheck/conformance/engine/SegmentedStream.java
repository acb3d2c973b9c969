package dev.sealcheck.conformance.engine;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A good stream of given texts, a chunk for each, whose bytes are cut into writes as the check
 * wants. It serves any number of calls; one that asks for no stream gets the good answer.
 */
public final class SegmentedStream implements EngineBehaviour {
  private static final Bytes COMMENT = Bytes.utf8(": a comment of the engine\n\n");

  /** How the bytes of events are cut into writes. */
  @FunctionalInterface
  public interface Cutting {
    /**
     * What to write, each in one write and none empty; joined it holds all the events in order.
     *
     * @param events with their blank lines, the last one {@code [DONE]}
     */
    List<Bytes> writes(List<Bytes> events);
  }

  private final List<String> texts;
  private final Cutting cutting;

  /**
   * A stream of these texts, a finish, usage if it is asked for, and {@code [DONE]}.
   *
   * @throws IllegalArgumentException if there is no text
   */
  public SegmentedStream(List<String> texts, Cutting cutting) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("0 texts: 1 or more allowed");
    }
    this.texts = List.copyOf(texts);
    this.cutting = cutting;
  }

  /** Two events in one write each. */
  public static SegmentedStream inPairs(List<String> texts) {
    return new SegmentedStream(
        texts,
        events -> {
          List<Bytes> writes = new ArrayList<>();
          for (int i = 0; i < events.size(); i += 2) {
            boolean pair = i + 1 < events.size();
            writes.add(pair ? Bytes.concat(events.get(i), events.get(i + 1)) : events.get(i));
          }
          return writes;
        });
  }

  /** All events in one write. */
  public static SegmentedStream atOnce(List<String> texts) {
    return new SegmentedStream(
        texts, events -> List.of(Bytes.concat(events.toArray(Bytes[]::new))));
  }

  /** Every byte in a chunk and a write of its own. */
  public static SegmentedStream byteByByte(List<String> texts) {
    return new SegmentedStream(
        texts,
        events -> {
          Bytes all = Bytes.concat(events.toArray(Bytes[]::new));
          List<Bytes> writes = new ArrayList<>(all.length());
          for (int i = 0; i < all.length(); i++) {
            writes.add(all.slice(i, i + 1));
          }
          return writes;
        });
  }

  /** A comment and an event in one write each. */
  public static SegmentedStream commentGlued(List<String> texts) {
    return new SegmentedStream(
        texts, events -> events.stream().map(event -> Bytes.concat(COMMENT, event)).toList());
  }

  @Override
  public void serve(EngineCall call) throws IOException {
    if (!call.streamed()) {
      Behaviours.ordinary().serve(call);
      return;
    }
    HostedStream stream = EngineEvents.open(call);
    EngineEvents.write(stream, cutting.writes(events(call)));
    stream.end();
  }

  private List<Bytes> events(EngineCall call) {
    List<Bytes> events = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      events.add(EngineEvents.event(OrdinaryStream.content(call, 0, texts.get(i), i == 0)));
    }
    events.add(EngineEvents.event(OrdinaryStream.finish(call, 0, "stop")));
    if (call.usageAsked()) {
      int prompt = AnswerText.of(call).promptTokens();
      events.add(EngineEvents.event(OrdinaryStream.usage(call, prompt, texts.size())));
    }
    events.add(EngineEvents.DONE);
    return events;
  }
}
