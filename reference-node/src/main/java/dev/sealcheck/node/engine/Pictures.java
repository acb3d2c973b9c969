package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paints small patterns, a different one for each prompt. */
final class Pictures {

  private static final int MOST_EDGE_PIXELS = 2_048;
  private static final int MOST_PIXELS = 1_024 * 1_024;
  private static final int DEFAULT_EDGE_PIXELS = 1_024;
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})");

  private Pictures() {}

  /** The answer: {@code n} pictures, each as a {@code data:} URL of a PNG file; no usage. */
  static ObjectNode answer(ObjectNode body, long createdSeconds) throws EngineException {
    Fields fields = new Fields(body);
    String model = fields.text("model");
    String prompt = fields.text("prompt");
    int pictures = fields.positive("n", 1, BuiltInEngine.MOST_CHOICES);
    Size size = size(fields);
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("created", createdSeconds);
    ArrayNode data = answer.putArray("data");
    for (int index = 0; index < pictures; index++) {
      byte[] png =
          Png.pattern(size.width, size.height, Seed.random(model, prompt, Integer.toString(index)));
      String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
      data.addObject().put("url", url);
    }
    return answer;
  }

  private record Size(int width, int height) {}

  private static Size size(Fields fields) throws EngineException {
    if (!fields.has("size")) {
      return new Size(DEFAULT_EDGE_PIXELS, DEFAULT_EDGE_PIXELS);
    }
    Matcher matcher = SIZE.matcher(fields.text("size"));
    if (matcher.matches()) {
      Size size = new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (Math.max(size.width, size.height) <= MOST_EDGE_PIXELS
          && size.width * size.height <= MOST_PIXELS) {
        return size;
      }
    }
    throw EngineException.invalidRequest(
        "size must be WIDTHxHEIGHT with edges of 1 to "
            + MOST_EDGE_PIXELS
            + " and at most "
            + MOST_PIXELS
            + " pixels");
  }
}
