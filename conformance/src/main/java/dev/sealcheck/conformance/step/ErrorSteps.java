package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineScript;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.node.BrokenNode;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeCode;
import dev.sealcheck.conformance.node.NodeErrors;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Leaks;
import dev.sealcheck.conformance.world.Provocations;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bodies of errors: their form, and what they must not say. */
public final class ErrorSteps {

  private static final String NODE_WORDS = "the node's words";

  private static final Map<String, NodeBehaviour> NODE_FAILURES = nodeFailures();

  /** Makes something fail, and returns what ends that. */
  private interface Failure {
    Runnable begin();
  }

  private final World world;
  private final Leaks leaks = new Leaks();
  private final Map<String, Exchange> answers = new LinkedHashMap<>();
  private final Map<String, Failure> failures = new LinkedHashMap<>();

  /** Made by Cucumber for each scenario. */
  public ErrorSteps(World world) {
    this.world = world;
  }

  @Given("a node behind the proxy that fails in many ways")
  public void failingNode() {
    ScriptedNode node = world.scriptedNode();
    NODE_FAILURES.forEach(
        (words, behaviour) -> failures.put(words, () -> node.behave(behaviour)::close));
  }

  @Given("an engine that fails with words of its own")
  public void failingEngine() {
    String words = "engine-" + Bytes.random(8).toHex();
    leaks.forbid("the engine's words", words);
    EngineScript engine = world.engine();
    String message = words + " at /srv/engine/run.py:12, 10.20.30.40:8000, sk-" + words;
    failures.put(
        "where the engine fails",
        () -> {
          engine.does(Behaviours.serverError(message));
          return () -> engine.does(Behaviours.ordinary());
        });
  }

  @When("a user who cannot pay asks for a lock")
  public void askWithoutBalance() {
    BearerToken token = world.profile().accounts().requirePoor();
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () -> answers.put("for a lock without balance", lockWith(token)));
  }

  @When("the client sends chat requests to it, whole and streamed")
  public void sendToFailing() {
    TestClient client = world.client();
    Twins.around(
        client,
        world.recipes().chat(),
        () -> {
          failures.forEach((words, failure) -> sendWhile(client, words, failure));
          return null;
        });
  }

  @When("the deployment is called in ways that it refuses")
  public void provokeDeployment() {
    provoke(world.client(), Provocations.ofProxy(world, leaks));
  }

  @When("the node is called in ways that it refuses")
  public void provokeNode() {
    provoke(world.nodeClient(), Provocations.ofNode(world, leaks));
  }

  @Then("each error is a JSON error object")
  public void areErrorObjects() {
    answers.forEach((words, answer) -> Refusal.requireErrorObject("a call " + words, answer));
  }

  @Then("no error shows a hash, a key, a token, an address, a list of models or a stack trace")
  public void giveNothingAway() {
    leaks.models(world.run().target().models().names());
    if (answers.values().stream().noneMatch(ErrorSteps::isError)) {
      throw new NotRun("none of the calls was answered with an error");
    }
    answers.forEach(
        (words, answer) ->
            leaks
                .in(answer.body().toLenientUtf8())
                .filter(found -> isError(answer))
                .ifPresent(
                    found -> {
                      throw new CheckFailed(
                          "an error that gives nothing away to a call " + words,
                          found + " in the body of status " + answer.status());
                    }));
  }

  private void provoke(TestClient client, Provocations provocations) {
    Twins.around(
        client,
        world.recipes().chat(),
        () -> {
          provocations.calls().forEach((words, call) -> answers.put(words, client.send(call)));
          return null;
        });
  }

  private void sendWhile(TestClient client, String words, Failure failure) {
    Runnable end = failure.begin();
    for (RequestRecipe recipe : List.of(world.recipes().chat(), world.recipes().chatStream())) {
      boolean stream = recipe.stream().orElse(false);
      SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
      answers.put((stream ? "for a stream " : "for an answer ") + words, client.send(request));
    }
    end.run();
  }

  private static Map<String, NodeBehaviour> nodeFailures() {
    Map<String, NodeBehaviour> failures = new LinkedHashMap<>();
    failures.put("where the stack is settled", NodeErrors.refusing(NodeCode.LOCKED, NODE_WORDS));
    failures.put("where the node is full", NodeErrors.full(1, NODE_WORDS));
    failures.put("where the node fails", NodeErrors.refusing(NodeCode.INTERNAL_ERROR, NODE_WORDS));
    failures.put(
        "where the node answers with a page",
        NodeErrors.answering(
            500,
            List.of(new HttpHeader("Content-Type", "text/html")),
            Bytes.utf8("<h1>Internal Server Error</h1>")));
    failures.put("where the node closes the connection", BrokenNode.closing());
    return failures;
  }

  private Exchange lockWith(BearerToken token) {
    TestClient poor = world.clientWith(token, "the poor user");
    return poor.askForLock();
  }

  private static boolean isError(Exchange answer) {
    return answer.isAnswered() && answer.status() >= 400;
  }
}
