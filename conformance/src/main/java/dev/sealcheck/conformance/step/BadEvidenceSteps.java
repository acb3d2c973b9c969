package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ProxyChallenge;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.attestation.emulated.CaseSetting;
import dev.sealcheck.conformance.attestation.emulated.EvidenceCase;
import dev.sealcheck.conformance.attestation.emulated.EvidenceCases;
import dev.sealcheck.conformance.attestation.emulated.Exhibit;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.target.EvidenceCalls;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.EvidenceForgery;
import dev.sealcheck.conformance.world.NodeEvidence;
import dev.sealcheck.conformance.world.NodeEvidence.Standing;
import dev.sealcheck.conformance.world.Passage;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Evidence that must not be taken, and what is left of what was there before. */
public final class BadEvidenceSteps {

  private static final Passage INVALID = Passage.exactly(400, "400 INVALID_EVIDENCE");
  private static final Passage UNKNOWN = Passage.exactly(404, "404 NOT_FOUND");
  private static final Passage STALE = Passage.clientFault("409 STALE_EVIDENCE");
  private static final Passage BAD = Passage.clientFault("400 INVALID_EVIDENCE");
  private static final Passage UNREADABLE = Passage.clientFault("400 INVALID_BODY");

  private static final String GPU_NONCE = "x-nvidia-gpu-attestation-report-nonce-match";
  private static final long UNKNOWN_ID = 4_000_000_007L;
  private static final long LARGE_COUNTER = 1_000_000_007L;

  /** What was put, how it must be refused, and what came. */
  private record Attempt(String words, Passage expected, Exchange answer) {}

  private final World world;
  private final NodeEvidence evidence;
  private final List<Attempt> attempts = new ArrayList<>();

  /** Made by Cucumber for each scenario. */
  public BadEvidenceSteps(World world, NodeEvidence evidence) {
    this.world = world;
    this.evidence = evidence;
  }

  @When("evidence comes with malformed signatures")
  public void malformed() {
    signed(EvidenceForgery.malformed());
  }

  @When("evidence comes with false and foreign signatures")
  public void falseAndForeign() {
    signed(EvidenceForgery.falseAndForeign());
  }

  @When("evidence comes with signatures under keys that are no points")
  public void noPoints() {
    signed(EvidenceForgery.noPoints());
  }

  @When("evidence comes for a node that the proxy does not know")
  public void unknownNode() {
    between(
        before -> {
          ScriptedNode node = world.scriptedNode();
          EvidencePut own = TestClient.rely(() -> evidence.good(node.publicKey()));
          EvidencePut others =
              new EvidencePut(UNKNOWN_ID, own.compressedEvidence(), node.publicKey());
          attempt("for an unknown node", UNKNOWN, others, before);
        });
  }

  @When("the node puts evidence of devices that nobody trusts")
  public void untrusted() {
    between(
        before -> {
          ProxyChallenge challenge = TestClient.rely(evidence::challenge);
          put(EvidenceCases.named("foreign-root"), challenge, INVALID, before);
        });
  }

  @When("evidence that was taken is put again, as it was and signed anew")
  public void again() {
    between(
        unused -> {
          EvidencePut taken = TestClient.rely(evidence::prove);
          Standing before = evidence.standing();
          attempt("again, as it was", STALE, taken, before);
          ProxyChallenge open = TestClient.rely(evidence::challenge);
          attempt("again, signed anew while a challenge is open", STALE, taken, before);
          attempt(
              "again, naming the open challenge",
              STALE,
              beside(taken, open.keyRotationCounter(), open.nonce()),
              before);
        });
  }

  @When("evidence of the key before is put again, with any counter and nonce beside it")
  public void oldKey() {
    ScriptedNode node = world.scriptedNode();
    between(
        unused -> {
          EvidencePut old = TestClient.rely(evidence::prove);
          ServedEvidence served = TestClient.rely(() -> evidence.served(node.smallId()));
          node.changeOver(X25519Pair.fresh());
          EvidencePut unusedNext = TestClient.rely(evidence::prove);
          register(node);
          Standing before = evidence.standing();
          ProxyChallenge open = TestClient.rely(evidence::challenge);
          attempt("of the key before", STALE, old, before);
          attempt(
              "of the key before, with its nonce and a larger counter",
              STALE,
              beside(old, LARGE_COUNTER, served.nonce().orElse(open.nonce())),
              before);
          attempt(
              "of the key before, said to be for the open challenge",
              STALE,
              beside(old, LARGE_COUNTER, open.nonce()),
              before);
        });
  }

  @When("the node puts all evidence that is bad by its {word}")
  public void badBy(String group) {
    between(
        before -> {
          ProxyChallenge challenge = TestClient.rely(evidence::challenge);
          for (EvidenceCase bad : EvidenceCases.byGroup().get(group)) {
            if (!bad.falseClaims().isEmpty()) {
              put(bad, challenge, refusalOf(bad), before);
            }
          }
        });
  }

  @Then("each is refused")
  public void eachIsRefused() {
    if (attempts.isEmpty()) {
      throw new NotRun("nothing was put");
    }
    attempts.forEach(
        one -> one.expected().judge("evidence " + one.words(), one.answer(), world.check()));
  }

  @Then("the evidence and the offered key stay as they were")
  public void stay() {
    evidence.requireUnchanged();
  }

  /** A GPU that answered no open challenge is what old evidence looks like; all else is invalid. */
  private static Passage refusalOf(EvidenceCase bad) {
    return bad.falseClaims().equals(Set.of(GPU_NONCE)) ? STALE : BAD;
  }

  private void put(EvidenceCase bad, ProxyChallenge challenge, Passage expected, Standing before) {
    ScriptedNode node = world.scriptedNode();
    CaseSetting setting =
        evidence.devices().asked(new KeyBinding(challenge.nonce(), node.publicKey()));
    Exhibit exhibit = bad.make(setting);
    boolean readable = exhibit.publicKey().length() == node.publicKey().bytes().length();
    EvidencePut put = new EvidencePut(node.smallId(), exhibit.compressed(), node.publicKey());
    ObjectNode body = StrictJson.parseObject(put.json());
    body.put("public_key", Base64Text.encode(exhibit.publicKey()));
    attempt(bad.name(), readable ? expected : UNREADABLE, put, body, before);
  }

  private void signed(List<EvidenceForgery> forgeries) {
    between(
        before -> {
          EvidencePut good = TestClient.rely(() -> evidence.good(world.scriptedNode().publicKey()));
          for (EvidenceForgery forgery : forgeries) {
            Exchange answer =
                evidence.send(
                    forgery
                        .header(good, world)
                        .map(
                            text ->
                                evidence
                                    .calls()
                                    .put(good.json())
                                    .withHeader(EvidenceCalls.SIGNATURE_HEADER, text))
                        .orElseGet(() -> evidence.calls().put(good.json())));
            note(forgery.words(), forgery.refusal(), answer, before);
          }
        });
  }

  /** The body with claims of the sender's own, which a proxy must not believe. */
  private record Beside(EvidencePut put, ObjectNode body) {}

  private static Beside beside(EvidencePut put, long counter, long nonce) {
    ObjectNode body = StrictJson.parseObject(put.json());
    body.put("key_rotation_counter", counter);
    body.put("nonce", KeyBinding.hex(nonce));
    return new Beside(put, body);
  }

  private void attempt(String words, Passage expected, Beside put, Standing before) {
    attempt(words, expected, put.put(), put.body(), before);
  }

  private void attempt(String words, Passage expected, EvidencePut put, Standing before) {
    note(words, expected, evidence.put(put), before);
  }

  private void attempt(
      String words, Passage expected, EvidencePut put, ObjectNode body, Standing before) {
    Exchange answer =
        evidence.send(
            evidence
                .calls()
                .put(StrictJson.write(body))
                .withHeader(
                    EvidenceCalls.SIGNATURE_HEADER, put.signature(world.scriptedNode().signer())));
    note(words, expected, answer, before);
  }

  private void note(String words, Passage expected, Exchange answer, Standing before) {
    attempts.add(new Attempt(words, expected, answer));
    evidence.requireSame(before, "evidence " + words);
  }

  /** A proxy may offer a key only once it is registered as well as proven. */
  private void register(ScriptedNode node) {
    Exchange unused =
        evidence.send(HttpCall.post(world.run().target().uri("/v1/nodes"), node.registration()));
  }

  private void between(Consumer<Standing> attempt) {
    evidence.puttingRight(
        () -> {
          Twins.complete(world.client(), world.recipes().chat(), "before");
          attempt.accept(evidence.standing());
        });
    Twins.complete(world.client(), world.recipes().chat(), "after");
  }
}
