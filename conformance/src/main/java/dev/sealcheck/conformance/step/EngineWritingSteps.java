package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Answers of an engine that writes JSON as few would, and what of it reaches the client. */
public final class EngineWritingSteps {

  /** What {@link Behaviours#oddlyWritten} puts first, before the ordinary keys backwards. */
  private static final List<String> FIRST = List.of("z", "a", "m");

  private static final List<String> LAST = List.of("choices", "model", "created", "object", "id");

  private final World world;
  private final AnswerSteps answers;
  private final StreamSteps streams;

  /** Made by Cucumber for each scenario. */
  public EngineWritingSteps(World world, AnswerSteps answers, StreamSteps streams) {
    this.world = world;
    this.answers = answers;
    this.streams = streams;
  }

  @Given("an engine that writes its answers as few would")
  public void oddEngine() {
    world.engine().does(Behaviours.oddlyWritten());
  }

  @Then("the engine's order of keys, its numbers and its letters are kept")
  public void writingIsKept() {
    Stream.concat(answers.opened().stream(), streams.opened().stream())
        .map(OpenedAnswer::json)
        .forEach(EngineWritingSteps::requireKept);
  }

  private static void requireKept(ObjectNode plaintext) {
    List<String> keys = new ArrayList<>();
    plaintext.fieldNames().forEachRemaining(keys::add);
    List<String> firstThree = keys.subList(0, Math.min(FIRST.size(), keys.size()));
    List<String> others = keys.stream().filter(LAST::contains).toList();
    if (!firstThree.equals(FIRST) || !others.equals(LAST)) {
      throw new CheckFailed("the keys in the engine's order: z, a, m first", "another order");
    }
    List<String> inner = new ArrayList<>();
    plaintext.path("a").fieldNames().forEachRemaining(inner::add);
    if (!inner.equals(List.of("z", "m", "a"))) {
      throw new CheckFailed("the keys inside in the engine's order: z, m, a", "another order");
    }
    requireNumber(plaintext, 5, "12345678901234567890");
    requireNumber(plaintext, 3, "1E-7");
    requireNumber(plaintext, 4, "0.10");
    String text = plaintext.path("m").asText();
    if (!text.equals("h\u00e9llo h\u00e9llo \u2603 \ud834\udd1e \ud834\udd1e / A")) {
      throw new CheckFailed("the engine's letters beyond ASCII", "other letters");
    }
  }

  private static void requireNumber(ObjectNode plaintext, int index, String value) {
    JsonNode number = plaintext.path("z").path(index);
    if (!number.isNumber() || number.decimalValue().compareTo(new BigDecimal(value)) != 0) {
      throw new CheckFailed("the engine's number " + value, "another value");
    }
  }
}
