package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.profile.Offer;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.But;
import io.cucumber.java.en.Given;

/** A sealed request, and what is wrong with a field of its envelope. */
public final class RequestSteps {

  private final World world;
  private final Draft draft;

  /** Made by Cucumber for each scenario. */
  public RequestSteps(World world, Draft draft) {
    this.world = world;
    this.draft = draft;
  }

  @Given("a sealed chat request")
  public void chatRequest() {
    draft.begin(world.recipes().chat());
  }

  @Given("a sealed chat request for one object")
  public void chatObjectRequest() {
    chatRequest();
  }

  @Given("a sealed chat request for a stream")
  public void chatStreamRequest() {
    draft.begin(world.recipes().chatStream());
  }

  @Given("a sealed chat request on the only lock of its user")
  public void chatRequestOnTheOnlyLock() {
    draft.begin(world.quietClient(), world.recipes().chat());
  }

  @Given("a sealed chat request in front of the node")
  public void chatRequestToTheNode() {
    draft.begin(world.nodeClient(), world.recipes().chat());
  }

  @Given("a sealed completion request")
  public void completionRequest() {
    offer().require(Endpoint.COMPLETIONS);
    draft.begin(world.recipes().completion(false));
  }

  @Given("a sealed embedding request")
  public void embeddingRequest() {
    String model = offer().requireEmbeddings();
    draft.begin(world.clientFor(model), world.recipes().embedding(model));
  }

  @Given("a sealed image request")
  public void imageRequest() {
    String model = offer().requireImages();
    draft.begin(world.clientFor(model), world.recipes().image(model));
  }

  @But("its {field} is missing")
  public void fieldIsMissing(String field) {
    draft.harm("without " + field, Harm.ofEnvelope(e -> e.without(field)));
  }

  @But("its {field} is null")
  public void fieldIsNull(String field) {
    draft.harm(field + " null", Harm.ofEnvelope(e -> e.with(field, NullNode.getInstance())));
  }

  @But("its {field} is of another JSON type")
  public void fieldIsOfAnotherType(String field) {
    WrongTypes.of(field)
        .forEach(
            (words, change) ->
                draft.harm(
                    field + " " + words,
                    Harm.ofEnvelope(e -> e.with(field, change.apply(WrongTypes.valid(e, field))))));
  }

  @But("one bit of its {field} is flipped")
  public void oneBitIsFlipped(String field) {
    draft.harm(field + " with one bit flipped", Harm.ofEnvelope(e -> e.flippedBit(field, 0)));
  }

  @But("one bit of its tag is flipped")
  public void oneBitOfTheTagIsFlipped() {
    draft.harm(
        "the tag with one bit flipped",
        Harm.ofEnvelope(e -> e.flippedBit("ciphertext", 8 * e.decoded("ciphertext").length() - 1)));
  }

  @But("its body hash is of another body")
  public void hashOfAnotherBody() {
    draft.harm(
        "another body's hash",
        Harm.ofEnvelope(e -> e.with("plaintext_body_hash", BodyHash.of(Bytes.utf8("{}")).bytes())));
  }

  private Offer offer() {
    return world.profile().offer();
  }
}
