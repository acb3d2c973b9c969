package dev.sealcheck.node.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Speaks plausible if silly English of a natural length, by a seeded grammar. */
final class Speaker {

  private static final int LEAST_TOKENS = 160;
  private static final int TOKENS_SPREAD = 110;
  private static final int ECHOED_WORDS = 2;
  private static final int ECHO_SEARCH_CHARS = 4_096;
  private static final int SHORTEST_ECHO = 2;
  private static final int LONGEST_ECHO = 12;

  private final Random random;

  private Speaker(Random random) {
    this.random = random;
  }

  /**
   * A text of about 150 to 300 tokens, the same one for a generator in the same state; it begins
   * with ASCII letters and may repeat words of {@code prompt}.
   */
  static String speak(Random random, String prompt) {
    Speaker speaker = new Speaker(random);
    int wanted = LEAST_TOKENS + random.nextInt(TOKENS_SPREAD);
    StringBuilder text = new StringBuilder(speaker.opening(prompt));
    int tokens = Tokens.count(text.toString());
    while (tokens < wanted) {
      String sentence = " " + speaker.sentence();
      tokens += Tokens.count(sentence);
      text.append(sentence);
    }
    return text.toString();
  }

  private String opening(String prompt) {
    String opener = pick(Vocabulary.OPENERS);
    List<String> words = words(prompt);
    if (words.isEmpty()) {
      return opener + ", let me tell you about " + subject() + ".";
    }
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < Math.min(ECHOED_WORDS, words.size()); i++) {
      quoted.append(i == 0 ? "\"" : " and \"").append(pick(words)).append('"');
    }
    return opener + ", on " + quoted + " I would say this: " + clause() + ".";
  }

  private String sentence() {
    return switch (random.nextInt(5)) {
      case 0 -> capital(clause()) + ".";
      case 1 -> pick(Vocabulary.LINKS) + ", " + clause() + ".";
      case 2 -> capital(clause()) + " " + pick(Vocabulary.REASONS) + ".";
      case 3 -> capital(pick(Vocabulary.PLACES)) + ", " + clause() + ".";
      default -> "Does " + subject() + " know that " + clause() + "?";
    };
  }

  private String clause() {
    String core = subject() + " " + pick(Vocabulary.VERBS) + " " + subject();
    return random.nextBoolean() ? core + " " + pick(Vocabulary.PLACES) : core;
  }

  private String subject() {
    return "the " + pick(Vocabulary.ADJECTIVES) + " " + pick(Vocabulary.NOUNS);
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static String capital(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
  }

  private static List<String> words(String prompt) {
    String searched = prompt.substring(0, Math.min(prompt.length(), ECHO_SEARCH_CHARS));
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    // The zero at the end closes the last word.
    int[] characters = (searched + '\0').codePoints().toArray();
    for (int character : characters) {
      if (belongsToWord(character)) {
        word.appendCodePoint(character);
      } else {
        int length = word.codePointCount(0, word.length());
        if (length >= SHORTEST_ECHO && length <= LONGEST_ECHO) {
          words.add(word.toString());
        }
        word.setLength(0);
      }
    }
    return words;
  }

  // Surrogates without a partner are none of these, so an echo is always well formed.
  private static boolean belongsToWord(int character) {
    return Character.isLetterOrDigit(character)
        || Character.getType(character) == Character.OTHER_SYMBOL
        || Character.getType(character) == Character.NON_SPACING_MARK;
  }
}
