package dev.sealcheck.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.StrictJson;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A good request before it is sealed.
 *
 * @param path the kind of request
 * @param prompt which of the prompts, from 0
 * @param maxTokens how much is generated: always less than what the engine would say unasked
 * @param stream whether the answer is a stream
 */
record Job(ConfidentialPath path, int prompt, int maxTokens, boolean stream) {

  /** What a lock is made for and an envelope names; above what any of these requests uses. */
  static final int UNITS = 512;

  private static final int UNGUESSABLE_BYTES = 16;

  /** The engine's shortest answer is longer than this. */
  private static final int MOST_TOKENS = 120;

  private static final int USUAL_TOKENS = 30;
  private static final int LONG_ONE_IN = 20;

  private static final List<String> PROMPTS =
      List.of(
          "Why is the sky blue?",
          "Tell me of the ships in the harbour, and who sails them in winter.",
          "One word: yes or no?",
          "Grüße aus Köln: was gibt es Neues?",
          "List the parts of a clock, then the parts of a clockmaker, then what they share.",
          "A very short story about a lighthouse that nobody lit, told by the lamp, who did not"
              + " mind the dark but missed the keeper, the boots on the stairs and the whistling.");

  private static final List<ConfidentialPath> TEXT =
      List.of(ConfidentialPath.CHAT_COMPLETIONS, ConfidentialPath.COMPLETIONS);
  private static final List<ConfidentialPath> ALL =
      List.of(
          ConfidentialPath.CHAT_COMPLETIONS,
          ConfidentialPath.CHAT_COMPLETIONS,
          ConfidentialPath.COMPLETIONS,
          ConfidentialPath.EMBEDDINGS);

  /** One whole answer of each path and prompt, to learn what the prompts cost. */
  static List<Job> samples() {
    return ALL.stream()
        .distinct()
        .flatMap(
            path ->
                IntStream.range(0, PROMPTS.size())
                    .mapToObj(prompt -> new Job(path, prompt, 1, false)))
        .toList();
  }

  /** A request that {@code random} picks. */
  static Job pick(RandomGenerator random, boolean stream) {
    List<ConfidentialPath> paths = stream ? TEXT : ALL;
    int most = random.nextInt(LONG_ONE_IN) == 0 ? MOST_TOKENS : USUAL_TOKENS;
    return new Job(
        paths.get(random.nextInt(paths.size())),
        random.nextInt(PROMPTS.size()),
        1 + random.nextInt(most),
        stream);
  }

  /** The model that it asks. */
  String model() {
    return path == ConfidentialPath.EMBEDDINGS ? Deployment.EMBEDDING_MODEL : Deployment.MODEL;
  }

  /** The same path and prompt. */
  Job sample() {
    return new Job(path, prompt, 1, false);
  }

  /** What is generated for it, in tokens. */
  int completionTokens() {
    return path == ConfidentialPath.EMBEDDINGS ? 0 : maxTokens;
  }

  /** The plaintext, which nobody can guess from its hash. */
  ObjectNode body(SecureRandom random) {
    ObjectNode body = StrictJson.newObject();
    body.put("model", model());
    String text = PROMPTS.get(prompt);
    switch (path) {
      case CHAT_COMPLETIONS ->
          body.putArray("messages").addObject().put("role", "user").put("content", text);
      case COMPLETIONS -> body.put("prompt", text);
      case EMBEDDINGS -> body.put("input", text);
      case IMAGES -> throw new IllegalStateException("the soak's model makes no images");
    }
    if (path.streams()) {
      body.put("stream", stream);
      body.put("max_tokens", maxTokens);
    }
    byte[] unguessable = new byte[UNGUESSABLE_BYTES];
    random.nextBytes(unguessable);
    return body.put("user", Base64Text.encode(unguessable));
  }
}
