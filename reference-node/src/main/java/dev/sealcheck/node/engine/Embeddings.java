package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Gives every text a vector of its own; similar texts are no closer than others. */
final class Embeddings {

  /** Numbers in a vector. */
  static final int DIMENSIONS = 256;

  /** The longest list of texts, as in the published interface that the engine imitates. */
  static final int MOST_TEXTS = 2_048;

  private Embeddings() {}

  /** The answer: a unit vector for each text and the prompt's usage. */
  static ObjectNode answer(ObjectNode body) throws EngineException {
    Fields fields = new Fields(body);
    String model = fields.text("model");
    List<String> texts = fields.texts("input", MOST_TEXTS);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", "list").put("model", model);
    ArrayNode data = answer.putArray("data");
    int tokens = 0;
    for (int index = 0; index < texts.size(); index++) {
      tokens += Tokens.count(texts.get(index));
      ObjectNode entry = data.addObject().put("object", "embedding").put("index", index);
      ArrayNode numbers = entry.putArray("embedding");
      for (float number : vector(Seed.random(model, texts.get(index)))) {
        numbers.add(number);
      }
    }
    answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return answer;
  }

  private static float[] vector(Random random) {
    double[] raw = random.doubles(DIMENSIONS, -1, 1).toArray();
    double squares = 0;
    for (double number : raw) {
      squares += number * number;
    }
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) (raw[i] / Math.sqrt(squares));
    }
    return vector;
  }
}
