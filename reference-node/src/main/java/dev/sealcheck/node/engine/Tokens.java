package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.ArrayList;
import java.util.List;

/** Counts and splits text by the cl100k_base encoding, which is loaded once per process. */
final class Tokens {

  /**
   * The encoder takes quadratic time for one run of like characters, so a longer text is counted in
   * parts: 4 MiB of one letter then take half a second instead of six. A part ends before a single
   * space where there is one, which is where a token ends anyway.
   */
  private static final int PART_CHARS = 16_384;

  private static final int SEARCH_CHARS = 1_024;

  private Tokens() {}

  private static final class Loaded {
    static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  }

  /** Starts loading the encoding on a thread of its own; a count meanwhile waits for it. */
  static void load() {
    Thread loader = new Thread(() -> count(" "), "tokens-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /** The number of tokens of {@code text}; names of special tokens count as plain text. */
  static int count(String text) {
    String whole = wellFormed(text);
    int tokens = 0;
    for (int from = 0; from < whole.length(); ) {
      int to = partEnd(whole, from);
      tokens += Loaded.ENCODING.countTokensOrdinary(whole.substring(from, to));
      from = to;
    }
    return tokens;
  }

  /** The bytes of each token of {@code text}, in order; together the UTF-8 of the text. */
  static List<byte[]> split(String text) {
    IntArrayList tokens = Loaded.ENCODING.encodeOrdinary(wellFormed(text));
    List<byte[]> bytes = new ArrayList<>(tokens.size());
    IntArrayList single = new IntArrayList(1);
    for (int i = 0; i < tokens.size(); i++) {
      single.clear();
      single.add(tokens.get(i));
      bytes.add(Loaded.ENCODING.decodeBytes(single));
    }
    return bytes;
  }

  /** The text with every surrogate that has no partner replaced, so that UTF-8 can carry it. */
  static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private static int partEnd(String text, int from) {
    int limit = from + PART_CHARS;
    if (limit >= text.length()) {
      return text.length();
    }
    for (int at = limit; at > limit - SEARCH_CHARS; at--) {
      if (text.charAt(at) == ' '
          && Character.isLetter(text.charAt(at - 1))
          && Character.isLetter(text.charAt(at + 1))) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
  }
}
