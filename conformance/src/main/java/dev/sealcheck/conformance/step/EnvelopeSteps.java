package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.JsonWriting;
import dev.sealcheck.conformance.client.StrictJson;
import io.cucumber.java.en.But;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** How an envelope is written: its order, spaces, escapes, numbers and base64. */
public final class EnvelopeSteps {

  private static final String NONCE = "nonce";

  private final Draft draft;

  /** Made by Cucumber for each scenario. */
  public EnvelopeSteps(Draft draft) {
    this.draft = draft;
  }

  @But("its envelope has fields that nobody knows")
  public void unknownFields() {
    draft.harm(
        "with unknown fields",
        Harm.ofEnvelope(
            e ->
                e.with("x_trace", "abc")
                    .with("", StrictJson.object())
                    .with(
                        "extra", StrictJson.parse(Bytes.utf8("[null,{\"a\":[1.5,true]},\"\"]")))));
  }

  @But("its envelope has fields that differ from known ones in case only")
  public void otherCase() {
    draft.harm(
        "with fields in another case",
        Harm.ofEnvelope(e -> e.with("Nonce", "").with("STREAM", "no").with("Stack_Small_Id", "0")));
  }

  @But("its envelope is in reverse order")
  public void reverseOrder() {
    draft.harm("in reverse order", Harm.ofEnvelope(EnvelopeSteps::reversed));
  }

  @But("its envelope is spread over many lines")
  public void manyLines() {
    draft.harm("over many lines", written(new JsonWriting(" \r\n\t", 0)));
  }

  @But("its envelope is written in escapes")
  public void escapes() {
    draft.harm("in escapes", written(new JsonWriting("", 1)));
    draft.harm("with escaped slashes", Harm.ofEnvelope(EnvelopeSteps::withEscapedSlashes));
  }

  @But("its {field} is no positive integer")
  public void noPositiveInteger(String field) {
    Numbers.wrong()
        .forEach(
            (words, wrong) ->
                draft.harm(
                    field + " " + words,
                    Harm.ofEnvelope(
                        e -> e.with(field, wrong.apply(WrongTypes.valid(e, field).longValue())))));
  }

  @But("its {field} is no canonical base64 of its size")
  public void noCanonicalBase64(String field) {
    draft.harm(field + " ", Base64Harms.of(field));
  }

  @But("its envelope holds a key twice")
  public void keyTwice() {
    draft.harm(
        "with its nonce twice, both alike", with(e -> "\"nonce\":" + e.field(NONCE).orElseThrow()));
    draft.harm(
        "with its nonce twice, the second another",
        with(e -> "\"nonce\":\"" + Base64Text.encode(Bytes.random(12)) + "\""));
    draft.harm(
        "with its nonce twice, once in escapes",
        with(e -> "\"\\u006eonce\":" + e.field(NONCE).orElseThrow()));
    draft.harm("with an unknown key twice", with(e -> "\"extra\":1,\"extra\":1"));
  }

  private static Harm written(JsonWriting writing) {
    return Harm.ofEnvelope(e -> e.withRawJson(writing.write(e.object())));
  }

  /** The envelope with {@code more} behind its last field. */
  private static Harm with(Function<Envelope, String> more) {
    return Harm.ofEnvelope(
        e -> {
          String json = e.json().toLenientUtf8();
          return e.withRawJson(
              Bytes.utf8(json.substring(0, json.length() - 1) + "," + more.apply(e) + "}"));
        });
  }

  private static Envelope reversed(Envelope envelope) {
    List<String> names = new ArrayList<>(envelope.names());
    Collections.reverse(names);
    return envelope.inOrder(names);
  }

  private static Envelope withEscapedSlashes(Envelope envelope) {
    return envelope.withRawJson(Bytes.utf8(envelope.json().toLenientUtf8().replace("/", "\\/")));
  }
}
