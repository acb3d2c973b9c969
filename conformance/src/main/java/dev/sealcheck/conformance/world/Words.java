package dev.sealcheck.conformance.world;

/** Makes a target's text fit to be shown: short, and in plain characters. */
public final class Words {

  private static final int LONGEST = 60;

  private Words() {}

  /** The text with everything but printable ASCII replaced, cut after sixty characters. */
  public static String shown(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
