package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.JsonWriting;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SmallOrder;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Sealing over many bodies, keys and flipped bits, docs/PROTOCOL.md sections 3 and 4. */
@RequirementProperties
@AddLifecycleHook(value = TwinControls.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class SealingProperties {

  private static final int LONGEST_PROMPT = 2_000;

  /** Each is megabytes on the way through two servers. */
  private static final int LARGE_TRIES = 4;

  /** RFC 7748 section 5: the one bit of a public key that changes nothing. */
  private static final int IGNORED_BIT = 255;

  /** A bit of a part of the envelope, counted as {@code Bytes.flippedBit} counts. */
  record Bit(String part, int index) {

    Envelope flippedIn(Envelope envelope) {
      boolean tag = part.equals("tag");
      String field = tag ? "ciphertext" : part;
      int bits = Byte.SIZE * envelope.decoded(field).length();
      int tagStart = bits - Byte.SIZE * Seal.TAG_BYTES;
      return envelope.flippedBit(field, tag ? tagStart + index % (bits - tagStart) : index % bits);
    }
  }

  @Property
  @Tag("ENC-01")
  @Tag("must")
  @Tag("core")
  void anyTextIsSealedOpenedAndAnswered(@ForAll("prompts") String prompt, World world) {
    world.client().complete(world.recipes().chatAbout(prompt));
  }

  @Property(tries = LARGE_TRIES)
  @Tag("ENC-01")
  @Tag("must")
  @Tag("core")
  void anySizeUpToTheCapIsSealedOpenedAndAnswered(
      @ForAll("thousandths") int thousandths, World world) {
    // Blanks between the tokens of the body, so that no model has more to read.
    RequestRecipe recipe = world.recipes().chat();
    String body = recipe.plaintext().toLenientUtf8();
    int blanks = (int) ((long) largestBody(world, body.length()) * thousandths / 1000);
    world
        .client()
        .complete(recipe.withPlaintext(Bytes.utf8("{" + " ".repeat(blanks) + body.substring(1))));
  }

  @Property
  @Tag("HASH-01")
  @Tag("must")
  @Tag("core")
  void anyWritingOfTheBodyIsTaken(@ForAll("writings") JsonWriting writing, World world) {
    RequestRecipe recipe = world.recipes().chat();
    world
        .client()
        .complete(recipe.withPlaintext(writing.write(StrictJson.parseObject(recipe.plaintext()))));
  }

  @Property
  @Tag("ENC-04")
  @Tag("must")
  @Tag("core")
  void anyFlippedBitIsRefused(@ForAll("bits") Bit bit, World world) {
    undecryptable(
        world,
        "with bit " + bit.index() + " of its " + bit.part() + " flipped",
        lock -> world.client().seal(world.recipes().chat(), lock).tampered(bit::flippedIn));
  }

  @Property
  @Tag("ENC-06")
  @Tag("must")
  @Tag("hardened")
  void anySmallOrderKeyIsRefused(
      @ForAll("smallOrderKeys") String key, @ForAll("prompts") String prompt, World world) {
    undecryptable(
        world,
        "under the small-order key " + key,
        lock ->
            world
                .recipes()
                .chatAbout(prompt)
                .sealInsecurely(
                    lock,
                    SmallOrder.encodings().get(key),
                    Derivation.of(SmallOrder.SECRET, Salt.fresh()),
                    Nonce.fresh()));
  }

  @Provide
  Arbitrary<String> prompts() {
    // Lone surrogates have no UTF-8, so they cannot be sealed as themselves.
    return Arbitraries.strings()
        .withCharRange('\u0000', '\ud7ff')
        .withCharRange('\ue000', '\uffff')
        .ofMaxLength(LONGEST_PROMPT)
        .flatMap(text -> Arbitraries.of("", "\ud83d\ude80", "\ud835\udd38").map(text::concat));
  }

  @Provide
  Arbitrary<Integer> thousandths() {
    return Arbitraries.integers().between(1, 1_000);
  }

  @Provide
  Arbitrary<JsonWriting> writings() {
    Arbitrary<String> gaps = Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(5);
    return Combinators.combine(gaps, Arbitraries.integers().between(0, 7)).as(JsonWriting::new);
  }

  @Provide
  Arbitrary<String> smallOrderKeys() {
    return Arbitraries.of(SmallOrder.encodings().keySet());
  }

  @Provide
  Arbitrary<Bit> bits() {
    Arbitrary<String> fields =
        Arbitraries.of(
            "ciphertext", "tag", "nonce", "salt", "plaintext_body_hash", "client_dh_public_key");
    Arbitrary<Integer> indexes = Arbitraries.integers().between(0, 4_095);
    return Combinators.combine(fields, indexes)
        .as((field, index) -> new Bit(field, index))
        .filter(bit -> bit.index() % 256 != IGNORED_BIT || !bit.part().startsWith("client"));
  }

  private static void undecryptable(
      World world, String words, Function<LockGrant, SealedRequest> sealing) {
    LockGrant lock = world.client().lock();
    SealedRequest request = TestClient.rely(() -> sealing.apply(lock));
    Attempt.of(world, "a request " + words, () -> world.client().send(request))
        .requireRefused(Refusal.UNDECRYPTABLE, world);
  }

  /** Blanks that fit into a body of the cap: base64 makes four bytes of three. */
  private static int largestBody(World world, int bodyBytes) {
    int envelopeBytes = 1_024;
    return (world.profile().limits().bodyBytes() - envelopeBytes) / 4 * 3 - bodyBytes;
  }
}
