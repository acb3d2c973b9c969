package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.world.PublishedShape;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Opened answers as the published clients read them, whatever engine gave them. */
public final class ShapeSteps {

  private static final String PICTURE_BASE64 = "iVBORw0KGgo=";

  private final World world;
  private final AnswerSteps answers;
  private final StreamSteps streams;

  /** Made by Cucumber for each scenario. */
  public ShapeSteps(World world, AnswerSteps answers, StreamSteps streams) {
    this.world = world;
    this.answers = answers;
    this.streams = streams;
  }

  @Given("an engine that calls a tool")
  public void engineCallsTool() {
    engine(Behaviours.toolCalls());
  }

  @Given("an engine with null in fields of its own")
  public void engineWithHarmlessFields() {
    engine(Behaviours.withEngineFields());
  }

  @Given("an engine with fields that no client takes")
  public void engineWithUnfitFields() {
    engine(Behaviours.withUnfitFields());
  }

  @Given("an engine that sends pictures as data")
  public void engineSendsData() {
    engine(
        Behaviours.edited(
            answer -> {
              for (JsonNode item : answer.path("data")) {
                ((ObjectNode) item).remove("url");
                ((ObjectNode) item).put("b64_json", PICTURE_BASE64);
              }
            }));
  }

  @When("the client has a completion answered")
  public void completion() {
    world.profile().offer().require(Endpoint.COMPLETIONS);
    answers.keep(world.client().relyOn(world.recipes().completion(false)));
  }

  @When("the client has a text embedded")
  public void embedding() {
    String model = world.profile().offer().requireEmbeddings();
    world.client();
    TestClient client = world.clientFor(model);
    answers.keep(client.relyOn(world.recipes().embedding(model)));
  }

  @When("the client has a picture made")
  public void picture() {
    String model = world.profile().offer().requireImages();
    world.client();
    TestClient client = world.clientFor(model);
    answers.keep(client.relyOn(world.recipes().image(model)));
  }

  @Then("the answer has the shape that published clients read")
  public void answerHasShape() {
    for (OpenedAnswer answer : answers.answers()) {
      PublishedShape.requireAnswer(answer.json());
    }
  }

  @Then("each chunk has the shape that published clients read")
  public void chunksHaveShape() {
    for (OpenedAnswer chunk : streams.stream().opened()) {
      PublishedShape.requireChunk(chunk.json());
    }
  }

  @Then("the usage outside the answer has its three integers")
  public void usageOfAnswer() {
    for (OpenedAnswer answer : answers.answers()) {
      PublishedShape.requireUsage("the answer", answer.outerUsage());
    }
  }

  @Then("the usage outside the last event has its three integers")
  public void usageOfStream() {
    PublishedShape.requireUsage("the last event", streams.stream().last().outerUsage());
  }

  @Then("its optional fields have the form that published clients take")
  public void optionalFieldsOfAnswer() {
    for (OpenedAnswer answer : answers.answers()) {
      PublishedShape.requireOptionalFields(answer);
    }
  }

  @Then("the optional fields of each chunk have the form that published clients take")
  public void optionalFieldsOfChunks() {
    for (OpenedAnswer chunk : streams.stream().opened()) {
      PublishedShape.requireOptionalFields(chunk);
    }
  }

  private void engine(EngineBehaviour behaviour) {
    world.engine().does(behaviour);
  }
}
