package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A signature of evidence that is not its node's (docs/PROTOCOL.md section 5).
 *
 * @param words for the report
 * @param refusal what must become of it
 * @param making makes the header's text from good evidence; empty for no header
 */
public record EvidenceForgery(
    String words, Passage refusal, BiFunction<EvidencePut, World, Optional<String>> making) {

  private static final Passage MALFORMED = Passage.exactly(400, "400 INVALID_BODY");
  private static final Passage FOREIGN = Passage.exactly(401, "401 AUTH_ERROR");

  /** Whether a key can be one is a matter of reading, and of who it is. */
  private static final Passage EITHER =
      new Passage(
          "status 400 or 401",
          List.of(400, 401)::contains,
          List.of("400 INVALID_BODY", "401 AUTH_ERROR"));

  private static final int SIGNATURE_BYTES = 64;

  /** What is no envelope at all. */
  public static List<EvidenceForgery> malformed() {
    return List.of(
        new EvidenceForgery("without a signature", MALFORMED, (put, world) -> Optional.empty()),
        text("with text for a signature", "*no base64*"),
        text("with the signature null", "null"),
        bytes("with a signature of an unknown scheme", (good, world) -> flag(good, 3)),
        bytes("with a signature cut off", (good, world) -> good.slice(0, good.length() - 1)),
        bytes(
            "with a signature and a byte more",
            (good, world) -> Bytes.concat(good, Bytes.hex("00"))));
  }

  /** Envelopes that anybody can make. */
  public static List<EvidenceForgery> falseAndForeign() {
    List<EvidenceForgery> all = new ArrayList<>();
    all.add(
        signed(
            "signed for another node",
            (put, world) ->
                signer(world)
                    .sign(
                        ServedEvidence.signedHash(put.nodeSmallId() + 1, put.compressedEvidence()))
                    .base64()));
    all.add(
        signed(
            "signed without the node's id",
            (put, world) -> signer(world).sign(BodyHash.of(put.compressedEvidence())).base64()));
    for (SignatureScheme scheme : SignatureScheme.values()) {
      all.add(
          signed(
              "signed by a foreign key (" + scheme + ")",
              (put, world) -> put.signature(SigningPair.generate(scheme))));
    }
    all.add(
        new EvidenceForgery(
            "signed by another node",
            FOREIGN,
            (put, world) ->
                Optional.of(
                    put.signature(otherNode(put, world).orElseGet(SigningPair::generate)))));
    return List.copyOf(all);
  }

  /** Envelopes with keys that no curve has. */
  public static List<EvidenceForgery> noPoints() {
    List<EvidenceForgery> all = new ArrayList<>();
    for (SignatureScheme scheme : SignatureScheme.values()) {
      for (String fill : List.of("00", "ff")) {
        Bytes key = Bytes.hex(fill.repeat(scheme.publicKeyBytes()));
        all.add(
            new EvidenceForgery(
                "under a key of " + fill + " (" + scheme + ")",
                EITHER,
                (put, world) -> {
                  Bytes good =
                      Base64Text.decode("signature", put.signature(SigningPair.generate(scheme)));
                  return Optional.of(
                      Base64Text.encode(Bytes.concat(good.slice(0, 1 + SIGNATURE_BYTES), key)));
                }));
      }
    }
    return List.copyOf(all);
  }

  /** The header's text; empty for no header. */
  public Optional<String> header(EvidencePut good, World world) {
    return making.apply(good, world);
  }

  private static EvidenceForgery text(String words, String text) {
    return new EvidenceForgery(words, MALFORMED, (put, world) -> Optional.of(text));
  }

  private static EvidenceForgery bytes(String words, BiFunction<Bytes, World, Bytes> change) {
    return new EvidenceForgery(
        words,
        MALFORMED,
        (put, world) -> {
          Bytes good = Base64Text.decode("signature", put.signature(signer(world)));
          return Optional.of(Base64Text.encode(change.apply(good, world)));
        });
  }

  private static EvidenceForgery signed(
      String words, BiFunction<EvidencePut, World, String> signing) {
    return new EvidenceForgery(
        words, FOREIGN, (put, world) -> Optional.of(signing.apply(put, world)));
  }

  private static Bytes flag(Bytes good, int flag) {
    return Bytes.concat(Bytes.owning(new byte[] {(byte) flag}), good.slice(1, good.length()));
  }

  private static SigningPair signer(World world) {
    return world.scriptedNode().signer();
  }

  private static Optional<SigningPair> otherNode(EvidencePut put, World world) {
    return world.profile().scriptedNodes().stream()
        .filter(place -> place.smallId() != put.nodeSmallId())
        .map(ScriptedNodePlace::key)
        .findFirst();
  }
}
