package dev.sealcheck.conformance.vector;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.SseEvent;
import dev.sealcheck.conformance.exchange.SseReader;
import java.util.ArrayList;
import java.util.List;

/** Whole answers and whole streams (docs/PROTOCOL.md sections 1 and 6). */
final class AnswerJudges {
  private AnswerJudges() {}

  static Finding answer(VectorCase one) {
    CarefulReader client = new CarefulReader(one);
    try {
      Bytes plaintext = client.read(one.raw("body"));
      if (!client.isAlone()) {
        return Finding.of("SEAL_MISMATCH");
      }
      return Finding.when(plaintext.equals(Bytes.utf8(one.text("plaintext"))), "another plaintext");
    } catch (CarefulReader.GivenUp error) {
      return Finding.of(error.getMessage());
    }
  }

  static Finding stream(VectorCase one) {
    Bytes body = one.raw("stream");
    Finding whole = inReadsOf(Math.max(1, body.length()), body, one);
    Finding bytewise = inReadsOf(1, body, one);
    return whole.equals(bytewise) ? whole : Finding.of("another verdict in reads of one byte");
  }

  private static Finding inReadsOf(int size, Bytes body, VectorCase one) {
    CarefulReader client = new CarefulReader(one);
    List<Bytes> released = new ArrayList<>();
    String verdict = read(client, size, body, one.text("end").equals("clean"), released);
    List<Bytes> expected = new ArrayList<>();
    one.test().path("released").forEach(text -> expected.add(Bytes.utf8(text.asText())));
    return Finding.of(
        released.equals(expected)
            ? verdict
            : "released " + released.size() + " other events, and " + verdict);
  }

  private static String read(
      CarefulReader client, int size, Bytes body, boolean clean, List<Bytes> released) {
    SseReader events = new SseReader();
    try {
      for (int from = 0; from < body.length(); from += size) {
        Bytes chunk = body.slice(from, Math.min(from + size, body.length()));
        for (SseEvent event : events.feed(chunk, 0)) {
          if (event.has("data")) {
            released.add(client.read(event.data()));
          }
        }
      }
    } catch (CarefulReader.GivenUp error) {
      return error.getMessage();
    }
    boolean whole = clean && events.leftover().isEmpty() && client.isComplete();
    return whole ? Finding.VALID : "INCOMPLETE";
  }
}
