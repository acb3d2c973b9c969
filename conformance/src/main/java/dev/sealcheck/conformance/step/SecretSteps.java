package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Leaks;
import dev.sealcheck.conformance.world.LogTail;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators can read of a deployment, and what they must not find there. */
public final class SecretSteps {

  private final World world;
  private final Leaks secrets = new Leaks();
  private final List<LogTail> logs = new ArrayList<>();
  private final Map<String, Exchange> pages = new LinkedHashMap<>();
  private final String mark = "canary" + Bytes.random(8).toHex();
  private boolean metrics;

  /** Made by Cucumber for each scenario. */
  public SecretSteps(World world) {
    this.world = world;
  }

  @Given("the logs of proxy and node")
  public void openLogs() {
    if (world.profile().logs().isEmpty()) {
      throw new NotApplicable("the logs of proxy and node (profile: logs)");
    }
    world.profile().logs().forEach(file -> logs.add(LogTail.from(file)));
  }

  @Given("the metrics of proxy and node")
  public void haveMetrics() {
    if (world.profile().metrics().isEmpty()) {
      throw new NotApplicable("the metrics of proxy and node (profile: metrics)");
    }
    metrics = true;
  }

  @When("the client has marked requests answered, streamed and refused")
  public void sendMarked() {
    TestClient client = world.client();
    world.run().target().users().forEach(user -> forbidToken(user.token()));
    secrets.forbid("a plaintext", mark);
    Twins.around(
        client,
        world.recipes().chat(),
        () -> {
          answerAndStream(client);
          refuse(client);
          return null;
        });
    if (metrics) {
      for (URI page : world.profile().metrics()) {
        pages.put(page.getPath() + " " + (pages.size() + 1), client.send(HttpCall.get(page)));
      }
    }
  }

  @Then("they show no plaintext, no key and no token")
  public void showNothing() {
    for (LogTail log : logs) {
      log.firstOf(secrets).ifPresent(found -> fail("a log", found));
    }
    pages.forEach(
        (words, page) -> {
          if (!page.isAnswered() || page.status() != 200) {
            throw new NotRun("the page with metrics cannot be read: " + page.outcome());
          }
          secrets.known(page.body().toLenientUtf8()).ifPresent(found -> fail("a metric", found));
        });
  }

  private static void fail(String where, String found) {
    throw new CheckFailed(where + " without plaintexts, keys and tokens", found + " in it");
  }

  private void answerAndStream(TestClient client) {
    SealedRequest whole = seal(client, marked(false));
    keepText(List.of(TestClient.rely(() -> client.open(client.send(whole), whole))));
    SealedRequest streamed = seal(client, marked(true));
    OpenedStream stream = TestClient.rely(() -> client.readStream(streamed));
    keepText(stream.opened());
  }

  /** What was answered, in pieces that no log line holds by chance. */
  private void keepText(List<OpenedAnswer> answers) {
    for (OpenedAnswer answer : answers) {
      for (String path : List.of("/choices/0/message/content", "/choices/0/delta/content")) {
        Optional.ofNullable(answer.json().at(path).textValue())
            .filter(text -> text.length() >= 24)
            .ifPresent(text -> secrets.forbid("the text of an answer", text.substring(0, 24)));
      }
    }
  }

  private void refuse(TestClient client) {
    SealedRequest flipped = seal(client, marked(false));
    client.send(flipped.tampered(e -> e.flippedBit("ciphertext", 3)));
    SealedRequest misnamed = seal(client, marked(false));
    client.send(misnamed.tampered(e -> e.with("model_name", mark)));
    client.send(seal(client, marked(false).withPlaintext(Bytes.utf8("{\"" + mark + "\":1}"))));
    client.send(seal(client, marked(false).withPlaintext(Bytes.utf8(mark))));
    BearerToken unknown = new BearerToken("sk-" + Bytes.random(24).toHex());
    forbidToken(unknown);
    client.send(client.call(seal(client, marked(false))).bearing(unknown));
  }

  private RequestRecipe marked(boolean stream) {
    RequestRecipe recipe = stream ? world.recipes().chatStream() : world.recipes().chat();
    return recipe.withPlaintext(markedBody(recipe));
  }

  /** The recipe's own body with the mark as a second message. */
  private Bytes markedBody(RequestRecipe recipe) {
    ObjectNode body = StrictJson.parseObject(recipe.plaintext());
    body.withArray("messages").addObject().put("role", "user").put("content", "Say " + mark);
    return StrictJson.write(body);
  }

  private SealedRequest seal(TestClient client, RequestRecipe recipe) {
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
    secrets.forbid("a shared secret", request.derivation().sharedSecret());
    secrets.forbid("a key", request.derivation().key());
    secrets.forbid("a pseudorandom key", request.derivation().pseudorandomKey());
    return request;
  }

  private void forbidToken(BearerToken token) {
    secrets.forbid("a token", token.secret());
  }
}
