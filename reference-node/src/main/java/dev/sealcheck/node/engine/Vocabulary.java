package dev.sealcheck.node.engine;

import java.util.List;

/**
 * The words the engine speaks with. A few are not ASCII, and a few need several tokens for one
 * character, so that every reader of an answer meets such text.
 */
final class Vocabulary {

  static final List<String> OPENERS =
      List.of(
          "Certainly",
          "Honestly",
          "Briefly",
          "Interesting",
          "Right",
          "Well",
          "Naturally",
          "Good",
          "Indeed",
          "Frankly",
          "Sure",
          "Admittedly",
          "Curiously",
          "Perhaps",
          "Clearly",
          "Usually");

  static final List<String> LINKS =
      List.of(
          "In the meantime",
          "After all",
          "By the evening",
          "For that reason",
          "On the other hand",
          "Most days",
          "Now and then",
          "As far as anyone knows",
          "Before the first train",
          "To everyone's surprise");

  static final List<String> ADJECTIVES =
      List.of(
          "patient",
          "crooked",
          "quiet",
          "borrowed",
          "copper",
          "sleepy",
          "careful",
          "enormous",
          "naïve",
          "polite",
          "northern",
          "half-finished",
          "salty",
          "reliable",
          "green",
          "forgotten",
          "cheerful",
          "narrow",
          "well-read",
          "rainy");

  static final List<String> NOUNS =
      List.of(
          "lighthouse",
          "librarian",
          "bicycle",
          "kettle",
          "orchestra",
          "hedgehog 🦔",
          "ladder",
          "postcard",
          "gardener",
          "compass",
          "café",
          "umbrella",
          "clockmaker",
          "river",
          "accordion",
          "ferry",
          "jalapeño",
          "lantern",
          "suitcase",
          "baker",
          "telescope",
          "staircase",
          "notebook",
          "weather report",
          "kite 🪁",
          "piano tuner");

  static final List<String> VERBS =
      List.of(
          "follows",
          "repairs",
          "remembers",
          "counts",
          "paints",
          "admires",
          "measures",
          "borrows",
          "questions",
          "outlives",
          "describes",
          "waits for",
          "writes to",
          "listens to");

  static final List<String> PLACES =
      List.of(
          "behind the harbour",
          "under the old bridge",
          "on the third floor",
          "beside the bakery",
          "near the frozen lake",
          "at the end of the line",
          "between two hills",
          "in the reading room",
          "above the workshop",
          "outside the theatre");

  static final List<String> REASONS =
      List.of(
          "because nobody asked twice",
          "as long as the tea is warm",
          "until the bells have rung",
          "although the map says otherwise",
          "while the others are asleep",
          "since the tide came early",
          "whenever the wind turns",
          "if the door is left open");

  private Vocabulary() {}
}
