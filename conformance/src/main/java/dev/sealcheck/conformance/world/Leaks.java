package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the text of an error must not hold, docs/PROTOCOL.md section 9: things with a form of their
 * own, and values that the check knows. It names what it finds and never shows it.
 */
public final class Leaks {

  /** Shorter values could stand in a text by chance. */
  private static final int SHORTEST_VALUE_CHARS = 12;

  private static final Map<String, Pattern> FORMS = forms();

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> models = new ArrayList<>();

  private static Map<String, Pattern> forms() {
    Map<String, Pattern> forms = new LinkedHashMap<>();
    forms.put(
        "a stack trace",
        Pattern.compile(
            "\\bat [\\w.$/]+\\([\\w.]+:\\d+\\)|Traceback \\(most recent|panicked at|goroutine \\d+"
                + "|\\.(java|kt|py|rs|go|ts|js):\\d+|\\b(\\w+\\.){2,}\\w*(Exception|Error)\\b"));
    forms.put("a hash or a key", Pattern.compile("(?i)(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])"));
    forms.put(
        "a hash or a key in base64", Pattern.compile("(?<![\\w+/-])[\\w+/-]{43}(=|(?![\\w+/-]))"));
    forms.put("the address of a signer", Pattern.compile("\\b0x[0-9a-fA-F]{40,}"));
    forms.put(
        "a network address",
        Pattern.compile("\\b(\\d{1,3}\\.){3}\\d{1,3}\\b|\\blocalhost:\\d+|://[^\\s/\"]+:\\d+"));
    forms.put("a token", Pattern.compile("(?i)\\bbearer +[\\w.-]{8,}|\\bsk-[\\w-]{8,}"));
    return forms;
  }

  /** Adds a value that must not be shown; one of a few characters says nothing and is left out. */
  public Leaks forbid(String words, String value) {
    if (value.length() >= SHORTEST_VALUE_CHARS) {
      values.put(value, words);
    }
    return this;
  }

  /** Adds the spellings of bytes that must not be shown: base64, base64url and hexadecimal. */
  public Leaks forbid(String words, Bytes value) {
    byte[] bytes = value.toArray();
    forbid(words, java.util.Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forbid(words, java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    return forbid(words, value.toHex());
  }

  /** Adds the models of the target; two of them in one text are a list. */
  public Leaks models(List<String> names) {
    models.addAll(names);
    return this;
  }

  /** What the text of an error shows that it must not, in words; empty where nothing. */
  public Optional<String> in(String text) {
    return known(text)
        .or(
            () ->
                FORMS.entrySet().stream()
                    .filter(form -> form.getValue().matcher(text).find())
                    .map(Map.Entry::getKey)
                    .findFirst())
        .or(
            () ->
                models.stream().distinct().filter(text::contains).count() > 1
                    ? Optional.of("a list of models")
                    : Optional.empty());
  }

  /** Which of the values stands in the text, in words; empty where none. */
  public Optional<String> known(String text) {
    return values.entrySet().stream()
        .filter(value -> text.contains(value.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The length of the longest value in characters; 0 where there is none. */
  public int longestChars() {
    return values.keySet().stream().mapToInt(String::length).max().orElse(0);
  }
}
