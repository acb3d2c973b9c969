package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.world.Attempt;
import dev.sealcheck.conformance.world.Refusal;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Signature envelopes of every form in front of a node, docs/PROTOCOL.md section 5. */
@RequirementProperties
@AddLifecycleHook(value = TwinControls.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class SignatureProperties {

  private static final int TRIES = 40;

  /** More than any envelope has: flag, signature, and a point that is not compressed. */
  private static final int LONGEST_BYTES = 200;

  private static final int LONGEST_TEXT = 300;

  @Property(tries = TRIES)
  @Tag("SIG-03")
  @Tag("must")
  @Tag("hardened")
  @Tag("node")
  void anyForgedSignatureIsRefused(
      @ForAll("forgeries") Forgery forgery, @ForAll("keys") int keyIndex, World world) {
    TestClient client = world.client();
    List<SigningPair> keys = world.profile().requireNode().proxyKeys();
    SigningPair key = keys.get(keyIndex % keys.size());
    SealedRequest request =
        TestClient.rely(() -> client.seal(world.recipes().chat(), client.lock()));
    Bytes good = Base64Text.decode("signature", key.sign(request.plaintextHash()).base64());
    Attempt.of(
            world,
            "a request with a forged signature",
            () ->
                client.send(
                    request,
                    call ->
                        call.withoutHeader("X-Signature")
                            .withHeader("X-Signature", forgery.header(good))))
        .requireRefused(Refusal.UNAUTHENTICATED, world);
  }

  @Provide
  Arbitrary<Integer> keys() {
    return Arbitraries.integers().between(0, 2);
  }

  @Provide
  Arbitrary<Forgery> forgeries() {
    Arbitrary<Integer> octets = Arbitraries.integers().between(0, 255);
    Arbitrary<Integer> sizes = Arbitraries.integers().between(0, 10_000);
    Arbitrary<Forgery> bytes = octets.list().ofMaxSize(LONGEST_BYTES).map(Forgery.AnyBytes::new);
    Arbitrary<Forgery> envelopes =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(32, 33, 64, 65),
                octets.list().ofSize(Forgery.SIGNATURE_BYTES + 65))
            .as((flag, keyBytes, all) -> new Forgery.AnyEnvelope(flag, keyBytes, all));
    Arbitrary<Forgery> bits = sizes.map(Forgery.OneBit::new);
    Arbitrary<Forgery> cuts = sizes.map(Forgery.Cut::new);
    Arbitrary<Forgery> longer = octets.list().ofMinSize(1).ofMaxSize(40).map(Forgery.Longer::new);
    Arbitrary<Forgery> texts =
        Arbitraries.strings()
            .withCharRange('!', '~')
            .ofMaxLength(LONGEST_TEXT)
            .map(Forgery.Text::new);
    return Arbitraries.oneOf(bytes, envelopes, bits, cuts, longer, texts);
  }
}
