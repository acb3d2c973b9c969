package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.node.NodeIdentity;
import dev.sealcheck.conformance.node.Registration;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Registrations at the proxy, by the node that is configured and by others in its name. */
public final class RegistrationSteps {

  private static final Passage NOT_THE_SIGNER = Passage.refusal("401 AUTH_ERROR");
  private static final Passage UNKNOWN = Passage.refusal("401 AUTH_ERROR", "404 NOT_FOUND");
  private static final Passage MALFORMED = Passage.refusal("400 INVALID_BODY");
  private static final Passage UNREACHABLE =
      Passage.refusal("502 NODE_UNAVAILABLE", "500 INTERNAL_ERROR");

  private static final long UNKNOWN_ID = 4_000_000_007L;

  /** Reserved for a service that hardly anybody runs (RFC 1078). */
  private static final String NOBODY = "http://127.0.0.1:1";

  private static final List<String> FIELDS =
      List.of("node_small_id", "public_address", "country", "public_key");

  private final World world;
  private final Map<String, Exchange> refusals = new LinkedHashMap<>();
  private final List<X25519PublicKey> offered = new ArrayList<>();
  private Passage expected;
  private Exchange taken;
  private boolean called;

  /** Made by Cucumber for each scenario. */
  public RegistrationSteps(World world) {
    this.world = world;
  }

  @When("somebody else registers in the node's name")
  public void registerInItsName() {
    expected = NOT_THE_SIGNER;
    between(
        impostor -> {
          Registration named = named(impostor);
          Map<String, Bytes> all = new LinkedHashMap<>();
          for (SignatureScheme scheme : SignatureScheme.values()) {
            SigningPair foreign = SigningPair.generate(scheme);
            all.put("by a foreign key (" + scheme + ")", named.signedBy(foreign).json());
          }
          otherNode()
              .ifPresent(key -> all.put("by another node's key", named.signedBy(key).json()));
          all.put(
              "of another key than was signed",
              world
                  .scriptedNode()
                  .registrationDraft()
                  .withAddress(impostor.base().toString())
                  .forged("public_key", TextNode.valueOf(impostor.publicKey().base64()))
                  .json());
          return all;
        });
  }

  @When("a node registers under an id that the proxy does not know")
  public void registerUnknown() {
    expected = UNKNOWN;
    between(
        impostor -> {
          Registration unknown = named(impostor).withSmallId(UNKNOWN_ID);
          return Map.of("for an unknown id", unknown.json());
        });
  }

  @When("the node registers in malformed ways")
  public void registerMalformed() {
    expected = MALFORMED;
    between(
        impostor -> {
          Registration named = named(impostor);
          Map<String, Bytes> all = new LinkedHashMap<>();
          FIELDS.forEach(field -> all.put("without " + field, named.without(field).json()));
          all.put("with an id in words", with(named, "node_small_id", TextNode.valueOf("one")));
          all.put("with the id 0", named.withSmallId(0).json());
          all.put(
              "with a number for an address", with(named, "public_address", IntNode.valueOf(1)));
          all.put("with no URL for an address", named.withAddress("nowhere").json());
          all.put("with a key too short", with(named, "public_key", TextNode.valueOf("AAAA")));
          all.put("without a signature", named.unsigned().json());
          all.put("with an empty signature", named.withSignature("").json());
          all.put("with text for a signature", named.withSignature("*no base64*").json());
          all.put("that is a list", Bytes.utf8("[]"));
          all.put("that is no JSON", Bytes.utf8("{\"data\""));
          return all;
        });
  }

  @When("the node registers an address where nobody answers")
  public void registerNobody() {
    expected = UNREACHABLE;
    between(impostor -> Map.of("of a dead address", named(impostor).withAddress(NOBODY).json()));
  }

  @Then("each registration is refused")
  public void areRefused() {
    refusals.forEach(
        (words, exchange) -> expected.judge("a registration " + words, exchange, world.check()));
  }

  @Then("nobody is called at the address that they name")
  public void nobodyIsCalled() {
    if (called) {
      throw new CheckFailed(
          "no call to an address before its registration is known to be good", "a call");
    }
  }

  @Then("the proxy still offers the node's own key")
  public void offersOwnKey() {
    X25519PublicKey own = world.scriptedNode().publicKey();
    if (!offered.stream().allMatch(own::equals)) {
      throw new CheckFailed("the node's own key in the next lock", "the key of somebody else");
    }
  }

  @Then("the node's own registration is taken")
  public void ownIsTaken() {
    if (!taken.isAnswered() || taken.status() != 200) {
      throw new CheckFailed("a good registration taken, status 200", taken.outcome());
    }
  }

  /** The registration of the node, but for the impostor's address and key. */
  private Registration named(ScriptedNode impostor) {
    return world
        .scriptedNode()
        .registrationDraft()
        .withAddress(impostor.base().toString())
        .with("public_key", TextNode.valueOf(impostor.publicKey().base64()));
  }

  private static Bytes with(Registration draft, String field, JsonNode value) {
    return draft.with(field, value).json();
  }

  private Optional<SigningPair> otherNode() {
    long own = world.scriptedNode().smallId();
    return world.profile().scriptedNodes().stream()
        .filter(place -> place.smallId() != own)
        .map(ScriptedNodePlace::key)
        .findFirst();
  }

  private void between(Function<ScriptedNode, Map<String, Bytes>> drafts) {
    TestClient client = world.client();
    ScriptedNode node = world.scriptedNode();
    NodeIdentity claimed = new NodeIdentity(node.smallId(), SigningPair.generate(), node.model());
    try (ScriptedNode impostor = ScriptedNode.start(claimed, node.base().getHost(), 0)) {
      Twins.complete(client, world.recipes().chat(), "before");
      drafts
          .apply(impostor)
          .forEach(
              (words, body) -> {
                refusals.put(words, register(body));
                Exchange next = client.askForLock(1);
                offered.add(TestClient.rely(() -> client.grant(next)).publicKey());
              });
      // Whatever came of the others, the checks after this one need their node back.
      taken = register(node.registration());
      Twins.complete(client, world.recipes().chat(), "after");
      called = impostor.healthChecks() > 0 || !impostor.calls().isEmpty();
    } catch (IOException noPort) {
      throw new UncheckedIOException("no port for a node in another's name", noPort);
    }
  }

  private Exchange register(Bytes body) {
    return world.client().send(HttpCall.post(world.run().target().uri("/v1/nodes"), body));
  }
}
