package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Sealing over many bodies and many flipped bits, docs/PROTOCOL.md section 3. */
@RequirementProperties
@AddLifecycleHook(value = TwinControls.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class SealingProperties {

  private static final int TRIES = 40;
  private static final int LONGEST_PROMPT = 2_000;

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

  @Property(tries = TRIES)
  @Tag("ENC-01")
  @Tag("must")
  @Tag("core")
  void anyTextIsSealedOpenedAndAnswered(@ForAll("prompts") String prompt, World world) {
    world.client().complete(world.recipes().chatAbout(prompt));
  }

  @Property(tries = TRIES)
  @Tag("ENC-04")
  @Tag("must")
  @Tag("core")
  void anyFlippedBitIsRefused(@ForAll("bits") Bit bit, World world) {
    TestClient client = world.client();
    LockGrant lock = client.lock();
    SealedRequest request =
        TestClient.rely(() -> client.seal(world.recipes().chat(), lock)).tampered(bit::flippedIn);
    Exchange answer = client.send(request);
    Refusal.UNDECRYPTABLE.judge(
        "a request with bit " + bit.index() + " of its " + bit.part() + " flipped",
        answer,
        world.check());
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
  Arbitrary<Bit> bits() {
    Arbitrary<String> fields =
        Arbitraries.of(
            "ciphertext", "tag", "nonce", "salt", "plaintext_body_hash", "client_dh_public_key");
    Arbitrary<Integer> indexes = Arbitraries.integers().between(0, 4_095);
    return Combinators.combine(fields, indexes)
        .as((field, index) -> new Bit(field, index))
        .filter(bit -> bit.index() % 256 != IGNORED_BIT || !bit.part().startsWith("client"));
  }
}
