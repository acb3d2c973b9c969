package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.WrongSignature;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Requests in front of a node, signed as its proxy signs them or otherwise. */
public final class ProxySignatureSteps {

  private static final String HEADER = "X-Signature";

  private final World world;
  private final List<Attempt> attempts = new ArrayList<>();
  private SealedRequest signed;
  private Exchange answer;

  /** Made by Cucumber for each scenario. */
  public ProxySignatureSteps(World world) {
    this.world = world;
  }

  @When("the client sends the node a chat request signed with {scheme}")
  public void sendSignedWith(SignatureScheme scheme) {
    SigningPair key = world.profile().requireNode().requireProxyKey(scheme);
    TestClient client = world.nodeClient();
    signed = TestClient.rely(() -> client.seal(world.recipes().chat(), client.lock()));
    answer = client.send(signed, call -> signedBy(call, key.sign(signed.plaintextHash()).base64()));
  }

  @When("the client sends the node a chat request with {wrongSignature}, of every scheme it takes")
  public void sendWronglySigned(WrongSignature wrong) {
    List<SigningPair> keys = world.profile().requireNode().proxyKeys();
    between(
        () ->
            keys.forEach(
                key ->
                    attempt(
                        words(wrong.name(), key.scheme()),
                        world.recipes().chat(),
                        (call, request) ->
                            signedBy(call, wrong.of(key, request.plaintextHash())))));
  }

  @When("the client sends the node requests of every kind without a signature")
  public void sendUnsigned() {
    between(
        () ->
            kinds()
                .forEach(
                    recipe ->
                        attempt(
                            "no signature, " + recipe.endpoint(),
                            recipe,
                            (call, request) -> call.withoutHeader(HEADER))));
  }

  @When("the client sends the node a chat request signed by an unknown key of each scheme")
  public void sendSignedByUnknown() {
    between(
        () -> {
          for (SignatureScheme scheme : SignatureScheme.values()) {
            SigningPair unknown = SigningPair.generate(scheme);
            attempt(
                words("signature of an unknown key", scheme),
                world.recipes().chat(),
                (call, request) -> signedBy(call, unknown.sign(request.plaintextHash()).base64()));
          }
        });
  }

  @Then("the node answers it")
  public void isAnswered() {
    TestClient client = world.client();
    client.completed(client.open(answer, signed));
  }

  @Then("the node refuses each of them as {refusal}")
  public void areRefused(Refusal refusal) {
    attempts.forEach(attempt -> attempt.requireRefused(refusal, world));
  }

  private void attempt(
      String words, RequestRecipe recipe, BiFunction<HttpCall, SealedRequest, HttpCall> change) {
    TestClient client = world.client();
    SealedRequest request = TestClient.rely(() -> client.seal(recipe, client.lock()));
    Supplier<Exchange> send = () -> client.send(request, call -> change.apply(call, request));
    attempts.add(Attempt.of(world, "a request with a bad signature: " + words, send));
  }

  private List<RequestRecipe> kinds() {
    List<RequestRecipe> all = new ArrayList<>();
    all.add(world.recipes().chat());
    all.add(world.recipes().chatStream());
    if (world.profile().offer().endpoints().contains(Endpoint.COMPLETIONS)) {
      all.add(world.recipes().completion(false));
    }
    return all;
  }

  private void between(Runnable attempt) {
    TestClient client = world.nodeClient();
    Twins.around(
        client,
        world.recipes().chat(),
        () -> {
          attempt.run();
          return null;
        });
  }

  private static String words(String wrong, SignatureScheme scheme) {
    return (wrong + " (" + scheme + ")").toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static HttpCall signedBy(HttpCall call, String signature) {
    return call.withoutHeader(HEADER).withHeader(HEADER, signature);
  }
}
