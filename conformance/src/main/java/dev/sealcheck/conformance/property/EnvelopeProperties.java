package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.JsonWriting;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Envelopes in all spellings, right and wrong, docs/PROTOCOL.md section 2. */
@RequirementProperties
@AddLifecycleHook(value = TwinControls.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class EnvelopeProperties {

  @Property
  @Tag("REQ-05")
  @Tag("must")
  @Tag("hardened")
  void anyWritingIsTaken(
      @ForAll("orders") List<String> order,
      @ForAll("writings") JsonWriting writing,
      @ForAll("extras") String extra,
      World world) {
    TestClient client = world.client();
    SealedRequest request =
        sealed(
            world,
            e -> {
              Envelope ordered = e.inOrder(order).with("extra", extra);
              return ordered.withRawJson(writing.write(ordered.object()));
            });
    client.completed(client.open(client.send(request), request));
  }

  @Property
  @Tag("REQ-02")
  @Tag("must")
  @Tag("core")
  void anyOtherTypeIsRefused(@ForAll("wrongFields") WrongField wrong, World world) {
    refused(world, wrong.toString(), e -> e.with(wrong.name(), wrong.value()));
  }

  @Property
  @Tag("REQ-06")
  @Tag("must")
  @Tag("core")
  void anyOtherNumberIsRefused(@ForAll("wrongNumbers") WrongNumber wrong, World world) {
    refused(world, wrong.toString(), wrong::in);
  }

  @Property
  @Tag("REQ-07")
  @Tag("must")
  @Tag("hardened")
  void anySpoiltBase64IsRefused(
      @ForAll("base64Fields") String field, @ForAll("spoils") Spoil spoil, World world) {
    refused(
        world,
        "with " + field + " " + spoil,
        e -> e.with(field, spoil.of(Base64Text.encode(e.decoded(field)))));
  }

  @Property
  @Tag("REQ-07")
  @Tag("must")
  @Tag("hardened")
  void anyOtherSizeIsRefused(
      @ForAll("sizedFields") String field, @ForAll("sizes") int bytes, World world) {
    int other = bytes == sizeOf(field) ? bytes + 1 : bytes;
    refused(
        world,
        "with " + other + " bytes of " + field,
        e -> e.with(field, Bytes.of(new byte[other])));
  }

  @Property
  @Tag("REQ-15")
  @Tag("should")
  @Tag("hardened")
  void anyKeyTwiceIsRefused(@ForAll("twice") Twice twice, World world) {
    refused(world, twice.toString(), e -> e.withRawJson(twice.in(e)));
  }

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.shuffle(FieldNames.OF_CHAT);
  }

  @Provide
  Arbitrary<JsonWriting> writings() {
    Arbitrary<String> gaps = Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(5);
    return Combinators.combine(gaps, Arbitraries.integers().between(0, 7)).as(JsonWriting::new);
  }

  @Provide
  Arbitrary<String> extras() {
    return Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(50);
  }

  @Provide
  Arbitrary<WrongField> wrongFields() {
    return WrongField.any();
  }

  @Provide
  Arbitrary<WrongNumber> wrongNumbers() {
    return WrongNumber.any();
  }

  @Provide
  Arbitrary<String> base64Fields() {
    return Arbitraries.of(FieldNames.BASE64);
  }

  @Provide
  Arbitrary<String> sizedFields() {
    return Arbitraries.of(FieldNames.SIZED);
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.integers().between(0, 70);
  }

  @Provide
  Arbitrary<Spoil> spoils() {
    return Spoil.any();
  }

  @Provide
  Arbitrary<Twice> twice() {
    return Twice.any();
  }

  private static void refused(World world, String words, UnaryOperator<Envelope> change) {
    SealedRequest request = sealed(world, change);
    Attempt.of(world, "a request " + words, () -> world.client().send(request))
        .requireRefused(Refusal.INVALID_BODY, world);
  }

  private static SealedRequest sealed(World world, UnaryOperator<Envelope> change) {
    TestClient client = world.client();
    return TestClient.rely(() -> client.seal(world.recipes().chat(), client.lock()))
        .tampered(change);
  }

  private static int sizeOf(String field) {
    return switch (field) {
      case "nonce" -> 12;
      case "salt" -> 16;
      default -> 32;
    };
  }
}
