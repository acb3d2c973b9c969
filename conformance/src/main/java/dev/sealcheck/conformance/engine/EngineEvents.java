package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The server-sent events of engines: a data line for each chunk, {@code [DONE]} at the end. */
final class EngineEvents {
  /** What ends an engine's stream by the OpenAI convention; a node must not pass it on. */
  static final Bytes DONE = Bytes.utf8("data: [DONE]\n\n");

  private static final List<HttpHeader> HEADERS =
      List.of(
          new HttpHeader("Content-Type", "text/event-stream; charset=utf-8"),
          new HttpHeader("Cache-Control", "no-cache"));

  private EngineEvents() {}

  /** Sends the head of a stream. */
  static HostedStream open(EngineCall call) throws IOException {
    return call.http().stream(200, HEADERS);
  }

  /** The event around {@code chunk}. */
  static Bytes event(JsonNode chunk) {
    return event(StrictJson.write(chunk));
  }

  /** The event around {@code data}, which must not hold a line break. */
  static Bytes event(Bytes data) {
    return Bytes.concat(Bytes.utf8("data: "), data, Bytes.utf8("\n\n"));
  }

  /** All events of a good stream, the usage one if it was asked for, and the end mark. */
  static List<Bytes> ordinary(EngineCall call) {
    List<Bytes> events = new ArrayList<>();
    OrdinaryStream.chunks(call).forEach(chunk -> events.add(event(chunk)));
    if (call.usageAsked()) {
      events.add(event(OrdinaryStream.usage(call)));
    }
    events.add(DONE);
    return events;
  }

  /** Writes every one of {@code events} by itself. */
  static void write(HostedStream stream, List<Bytes> events) throws IOException {
    for (Bytes event : events) {
      stream.write(event);
    }
  }
}
