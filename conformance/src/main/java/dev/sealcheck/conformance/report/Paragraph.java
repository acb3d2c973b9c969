package dev.sealcheck.conformance.report;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines for a terminal, made safe to print. */
public final class Paragraph {

  private static final int TEXT_LIMIT = 600;

  private Paragraph() {}

  /**
   * {@code text} in lines of at most {@code width} characters where its words allow, control
   * characters replaced, and cut after 600 characters; one empty line for an empty text.
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : printable(text).strip().split(" +", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** {@code text} on one line without control characters, which could drive a terminal. */
  public static String printable(String text) {
    String shown = text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) + " …" : text;
    StringBuilder safe = new StringBuilder(shown.length());
    shown.codePoints().forEach(c -> safe.appendCodePoint(safe(c)));
    return safe.toString();
  }

  private static int safe(int codePoint) {
    if (codePoint == '\n' || codePoint == '\t' || codePoint == '\r') {
      return ' ';
    }
    int type = Character.getType(codePoint);
    boolean unsafe =
        type == Character.CONTROL || type == Character.SURROGATE || type == Character.FORMAT;
    return unsafe ? '\ufffd' : codePoint;
  }

  /** A number with its noun: "1 test", "2 tests". */
  public static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
