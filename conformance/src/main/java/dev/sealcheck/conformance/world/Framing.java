package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.RawRequest;
import java.util.Arrays;
import java.util.List;

/** Ways to say where a body ends, right, contradictory and false; RFC 9112 section 6. */
public enum Framing {
  CHUNKS("chunks", true, false),
  SAME_LENGTH_TWICE("one length twice", true, false),
  TWO_LENGTHS("two different lengths", false, true),
  LENGTH_AND_CHUNKS("a length and chunks", true, true),
  LENGTH_AND_ODD_CHUNKS("a length and odd chunks", false, true),
  TOO_SHORT("a length too short", false, true),
  TOO_LONG("a length too long", false, false),
  NO_LENGTH("a length that is no number", false, true),
  NO_CHUNK_SIZE("a chunk size that is no number", false, true);

  /** So that a body has more than one. */
  private static final int CHUNK_BYTES = 256;

  /** Enough to break any body's JSON. */
  private static final int MISSING_BYTES = 10;

  private static final Bytes LAST_CHUNK = RawRequest.chunk(Bytes.empty());
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private final String words;
  private final boolean servable;
  private final boolean hiding;

  Framing(String words, boolean servable, boolean hiding) {
    this.words = words;
    this.servable = servable;
    this.hiding = hiding;
  }

  /** The framing that features call {@code words}. */
  public static Framing of(String words) {
    return Arrays.stream(values())
        .filter(framing -> framing.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no framing is called " + words));
  }

  /** What features call it. */
  public String words() {
    return words;
  }

  /** Whether a server may serve a good request that is framed so. */
  public boolean isServable() {
    return servable;
  }

  /**
   * The bytes of a good call framed so; where it can hide a second request, {@code hidden} stands
   * behind the body.
   */
  public Bytes framed(HttpCall call, Bytes hidden) {
    Bytes body = call.body().orElseThrow();
    Bytes after = hiding ? hidden : Bytes.empty();
    Bytes chunks = chunks(body);
    return switch (this) {
      case CHUNKS -> request(call, List.of(CHUNKED), chunks);
      case SAME_LENGTH_TWICE -> request(call, List.of(length(body), length(body)), body);
      case TWO_LENGTHS ->
          request(call, List.of(length(body), length(body, after)), Bytes.concat(body, after));
      case LENGTH_AND_CHUNKS ->
          request(call, List.of(length(chunks, after), CHUNKED), Bytes.concat(chunks, after));
      case LENGTH_AND_ODD_CHUNKS ->
          request(
              call,
              List.of(length(chunks, after), "Transfer-Encoding: xchunked"),
              Bytes.concat(chunks, after));
      case TOO_SHORT ->
          request(
              call,
              List.of("Content-Length: " + (body.length() - MISSING_BYTES)),
              Bytes.concat(body, after));
      case TOO_LONG ->
          request(call, List.of("Content-Length: " + (body.length() + MISSING_BYTES)), body);
      case NO_LENGTH ->
          request(call, List.of("Content-Length: +" + body.length()), Bytes.concat(body, after));
      case NO_CHUNK_SIZE ->
          request(
              call,
              List.of(CHUNKED),
              Bytes.concat(
                  Bytes.utf8("0x" + Integer.toHexString(body.length()) + "\r\n"),
                  body,
                  Bytes.utf8("\r\n"),
                  LAST_CHUNK,
                  after));
    };
  }

  private static Bytes request(HttpCall call, List<String> framing, Bytes payload) {
    return Bytes.concat(RawRequest.head(call, framing), payload);
  }

  private static Bytes chunks(Bytes body) {
    Bytes chunks = Bytes.empty();
    for (int from = 0; from < body.length(); from += CHUNK_BYTES) {
      Bytes part = body.slice(from, Math.min(body.length(), from + CHUNK_BYTES));
      chunks = Bytes.concat(chunks, RawRequest.chunk(part));
    }
    return Bytes.concat(chunks, LAST_CHUNK);
  }

  private static String length(Bytes... parts) {
    return "Content-Length: " + Bytes.concat(parts).length();
  }
}
