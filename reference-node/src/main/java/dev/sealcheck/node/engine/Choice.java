package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One generated text, cut to what the request allows.
 *
 * @param pieces the text in the steps in which it is streamed: whole characters, mostly one token
 * @param tokens how many tokens were generated for it
 * @param finishReason {@code stop} or {@code length}
 */
record Choice(List<String> pieces, int tokens, String finishReason) {

  private static final String STOP = "stop";
  private static final String LENGTH = "length";

  Choice {
    pieces = List.copyOf(pieces);
  }

  /**
   * The part of {@code natural} that {@code maxTokens} leaves, up to the first occurrence of a stop
   * text. A character of which the limit leaves only some tokens is dropped while these tokens
   * count; of a stop's tokens those count that bring text before it.
   */
  static Choice cut(String natural, int maxTokens, List<String> stops) {
    List<byte[]> all = Tokens.split(natural);
    int kept = Math.min(maxTokens, all.size());
    List<String> pieces = new ArrayList<>();
    List<Integer> tokensThrough = new ArrayList<>();
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    for (int i = 0; i < kept; i++) {
      pending.writeBytes(all.get(i));
      if (i + 1 == all.size() || beginsCharacter(all.get(i + 1))) {
        pieces.add(pending.toString(UTF_8));
        tokensThrough.add(i + 1);
        pending.reset();
      }
    }
    int stop = firstStop(String.join("", pieces), stops);
    if (stop >= 0) {
      int last = keepUpTo(stop, pieces);
      return new Choice(pieces, last < 0 ? 0 : tokensThrough.get(last), STOP);
    }
    return new Choice(pieces, kept, kept < all.size() ? LENGTH : STOP);
  }

  /** The whole text. */
  String text() {
    return String.join("", pieces);
  }

  @Override
  public String toString() {
    return "Choice[" + pieces.size() + " pieces, " + tokens + " tokens, " + finishReason + "]";
  }

  private static boolean beginsCharacter(byte[] token) {
    return (token[0] & 0xC0) != 0x80;
  }

  private static int firstStop(String text, List<String> stops) {
    int first = -1;
    for (String stop : stops) {
      int at = text.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /** Shortens the list to {@code chars} characters in all; the index of its last piece or -1. */
  private static int keepUpTo(int chars, List<String> pieces) {
    int piece = 0;
    int begin = 0;
    while (begin < chars) {
      String text = pieces.get(piece);
      if (begin + text.length() > chars) {
        pieces.set(piece, text.substring(0, chars - begin));
      }
      begin += text.length();
      piece++;
    }
    pieces.subList(piece, pieces.size()).clear();
    return piece - 1;
  }
}
