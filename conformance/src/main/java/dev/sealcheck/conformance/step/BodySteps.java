package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.JsonWriting;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.But;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What is sealed: a body that does not fit its envelope, is no JSON, or is written oddly. */
public final class BodySteps {

  private static final String MODEL = "model";
  private static final String STREAM = "stream";
  private static final String UNKNOWN_MODEL = "sealcheck/no-such-model";

  private final World world;
  private final Draft draft;

  /** Made by Cucumber for each scenario. */
  public BodySteps(World world, Draft draft) {
    this.world = world;
    this.draft = draft;
  }

  @But("its body names another model than its envelope")
  public void anotherModel() {
    // Where a second model is served, nothing but the difference is wrong.
    String other = world.profile().offer().otherChat().orElse(UNKNOWN_MODEL);
    draft.harm("with another model in its body", Harm.ofBody(body -> body.put(MODEL, other)));
  }

  @But("its body asks for a stream")
  public void asksForStream() {
    draft.harm("with a stream asked for in its body", Harm.ofBody(body -> body.put(STREAM, true)));
  }

  @But("its body asks for no stream")
  public void asksForNoStream() {
    draft.harm(
        "with no stream asked for in its body", Harm.ofBody(body -> body.put(STREAM, false)));
  }

  @But("its body says nothing of a stream")
  public void saysNothingOfStream() {
    draft.harm("with nothing of a stream in its body", Harm.ofBody(body -> body.remove(STREAM)));
  }

  @But("its body has a null stream flag")
  public void nullStream() {
    draft.harm("with a null stream flag in its body", Harm.ofBody(body -> body.putNull(STREAM)));
  }

  @But("its body is no JSON object")
  public void noJsonObject() {
    draft.harm("with plain text for a body", Harm.ofBodyText(text -> text.replace('"', ' ')));
    draft.harm(
        "with a body that is cut off",
        Harm.ofBodyText(text -> text.substring(0, text.length() - 1)));
    draft.harm("with a list around its body", Harm.ofBodyText(text -> "[" + text + "]"));
    draft.harm("with a second body behind its body", Harm.ofBodyText(text -> text + text));
    draft.harm("with an empty body", Harm.ofRecipe(r -> r.withPlaintext(Bytes.empty())));
    draft.harm("with a body of invalid UTF-8", Harm.ofRecipe(BodySteps::invalidUtf8));
  }

  @But("its body has no usable model")
  public void noUsableModel() {
    draft.harm("without a model in its body", Harm.ofBody(body -> body.remove(MODEL)));
    draft.harm("with a null model in its body", Harm.ofBody(body -> body.putNull(MODEL)));
    draft.harm("with a number for a model", Harm.ofBody(body -> body.put(MODEL, 1)));
    draft.harm(
        "with its model in a list",
        Harm.ofBody(body -> body.putArray(MODEL).add(draft.recipe().model())));
    draft.harm(
        "with an unknown model in its body", Harm.ofBody(body -> body.put(MODEL, UNKNOWN_MODEL)));
  }

  @But("body and envelope name a model that nobody serves")
  public void unknownModel() {
    Harm body = Harm.ofBody(fields -> fields.put(MODEL, UNKNOWN_MODEL));
    draft.harm(
        "for a model that nobody serves",
        Harm.ofSealing(
            (recipe, lock) -> body.sealing().apply(recipe.withModel(UNKNOWN_MODEL), lock)));
  }

  @But("its body is written as few would")
  public void writtenOddly() {
    draft.harm("with a body in reverse order", Harm.ofRecipe(r -> written(r, "", 0)));
    draft.harm("with a body over many lines", Harm.ofRecipe(r -> written(r, "\r\n\t ", 0)));
    draft.harm("with a body in escapes", Harm.ofRecipe(r -> written(r, " ", 1)));
  }

  @But("its body holds a key twice")
  public void keyTwice() {
    String model = "\"" + draft.recipe().model() + "\"";
    draft.harm("with its model twice", begun("\"model\":" + model));
    draft.harm("with its model twice, once in escapes", begun("\"\\u006dodel\":" + model));
    draft.harm("with two limits", begun("\"max_tokens\":1"));
    draft.harm(
        "with two roles in a message",
        Harm.ofBodyText(text -> text.replace("{\"role\":", "{\"role\":\"user\",\"role\":")));
  }

  /** The body with {@code field} before its first one. */
  private static Harm begun(String field) {
    return Harm.ofBodyText(text -> "{" + field + "," + text.substring(1));
  }

  private static RequestRecipe written(RequestRecipe recipe, String gap, int escapedEvery) {
    List<Map.Entry<String, JsonNode>> fields =
        new ArrayList<>(StrictJson.parseObject(recipe.plaintext()).properties());
    Collections.reverse(fields);
    ObjectNode body = StrictJson.object();
    fields.forEach(field -> body.set(field.getKey(), field.getValue()));
    return recipe.withPlaintext(new JsonWriting(gap, escapedEvery).write(body));
  }

  /** The body with a note of two bytes that are a NUL in a form that UTF-8 forbids. */
  private static RequestRecipe invalidUtf8(RequestRecipe recipe) {
    Bytes body = recipe.plaintext();
    return recipe.withPlaintext(
        Bytes.concat(
            body.slice(0, body.length() - 1),
            Bytes.utf8(",\"note\":\""),
            Bytes.hex("c080"),
            Bytes.utf8("\"}")));
  }
}
