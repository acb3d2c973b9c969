package dev.sealcheck.conformance.vector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A case worked out step by step with the suite's client.
 *
 * @param one the case
 * @param steps from what is given to the verdict
 */
public record Walkthrough(VectorCase one, List<Step> steps) {
  /** Copies the list. */
  public Walkthrough {
    steps = List.copyOf(steps);
  }

  /** The steps of a case, as far as they can be gone. */
  public static Walkthrough of(VectorCase one) {
    List<Step> steps = new ArrayList<>();
    steps.add(given(one));
    switch (one.type()) {
      case "XdhComp" -> steps.addAll(SealSteps.agreement(one));
      case "HkdfTest" -> steps.addAll(SealSteps.hkdf(one));
      case "DerivationTest" -> steps.addAll(SealSteps.derivation(one));
      case "AeadTest" -> steps.add(SealSteps.aead(one));
      case "HashTest", "Blake3Test", "GpuNonceTest", "EvidencePutTest" ->
          steps.add(HashSteps.of(one));
      case "EddsaVerify", "EcdsaP1363Verify" -> steps.add(SignatureSteps.bare(one));
      case "EnvelopeTest" ->
          steps.addAll(SignatureSteps.envelope(one.text("envelope"), one.hex("hash")));
      case "Base64Test", "Base64SizeTest" -> steps.add(HashSteps.base64(one));
      case "NodeRequestTest" -> steps.addAll(MessageSteps.request(one));
      case "AnswerTest" -> steps.addAll(MessageSteps.answer(one));
      case "StreamTest" -> steps.addAll(MessageSteps.stream(one));
      default -> throw new VectorFileException("nobody here can show groups of " + one.type());
    }
    steps.add(verdict(one));
    return new Walkthrough(one, steps);
  }

  private static Step given(VectorCase one) {
    JsonNode source = one.group().path("source");
    String flags =
        StreamSupport.stream(one.test().path("flags").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return new Step(
        "The case",
        "",
        List.of(
            Value.text("comment", one.comment()),
            Value.text("flags", flags),
            Value.text("source", source.path("name").asText()),
            Value.text("the file says", one.expected())));
  }

  private static Step verdict(VectorCase one) {
    Outcome outcome = Outcome.of(one);
    return new Step(
        "The verdict",
        "",
        List.of(
            Value.text("the file says", one.expected()),
            Value.text(
                "this client",
                switch (outcome.kind()) {
                  case AGREES -> "agrees";
                  case DECIDED -> "decides: " + outcome.detail();
                  case OUT_OF_SCOPE -> "is not asked: " + outcome.detail();
                  case DIFFERS -> "differs: " + outcome.detail();
                })));
  }
}
