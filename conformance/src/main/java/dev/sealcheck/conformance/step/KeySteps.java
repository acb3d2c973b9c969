package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.Salt;
import dev.sealcheck.conformance.client.Seal;
import dev.sealcheck.conformance.client.SmallOrder;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import io.cucumber.java.en.But;
import java.util.List;

/** The two X25519 keys that an envelope names, and what it is sealed under. */
public final class KeySteps {

  private static final String CLIENT_KEY = "client_dh_public_key";
  private static final String NODE_KEY = "node_dh_public_key";

  /** RFC 7748 section 5: the bit of a u-coordinate that is ignored. */
  private static final int TOP_BIT = 255;

  /**
   * The base point, u = 9, and the same point as u + p (RFC 7748 section 5). A scalar that is -1
   * modulo the order of the base point makes it, so the shared secret is the peer's key itself.
   */
  private static final Bytes BASE_POINT = Bytes.hex("09" + "00".repeat(31));

  private static final Bytes BASE_POINT_PLUS_P = Bytes.hex("f6" + "ff".repeat(30) + "7f");

  private final Draft draft;

  /** Made by Cucumber for each scenario. */
  public KeySteps(Draft draft) {
    this.draft = draft;
  }

  @But("its client key is of small order")
  public void smallOrder() {
    SmallOrder.encodings()
        .forEach(
            (words, key) ->
                draft.harm(
                    "under the small-order key " + words, sealedUnder(key, SmallOrder.SECRET)));
  }

  @But("its client key has the top bit set")
  public void topBitOfTheClientKey() {
    draft.harm(
        "with the client key's top bit set",
        Harm.ofEnvelope(e -> e.flippedBit(CLIENT_KEY, TOP_BIT)));
  }

  @But("its client key is not reduced")
  public void clientKeyNotReduced() {
    draft.harm("under the base point", sealedUnderTheNodesKey(BASE_POINT));
    draft.harm("under the base point plus p", sealedUnderTheNodesKey(BASE_POINT_PLUS_P));
    draft.harm(
        "under the base point plus p with the top bit set",
        sealedUnderTheNodesKey(BASE_POINT_PLUS_P.flippedBit(TOP_BIT)));
  }

  @But("it cannot be opened for every possible cause")
  public void cannotBeOpened() {
    for (String field : List.of("ciphertext", "nonce", "salt", CLIENT_KEY, "plaintext_body_hash")) {
      draft.harm(field + " with one bit flipped", Harm.ofEnvelope(e -> e.flippedBit(field, 0)));
    }
    draft.harm(
        "the tag with one bit flipped",
        Harm.ofEnvelope(e -> e.flippedBit("ciphertext", 8 * e.decoded("ciphertext").length() - 1)));
    draft.harm(
        "another body's hash",
        Harm.ofEnvelope(e -> e.with("plaintext_body_hash", BodyHash.of(Bytes.utf8("{}")).bytes())));
    draft.harm(
        "a ciphertext of a tag only",
        Harm.ofEnvelope(e -> e.with("ciphertext", Bytes.random(Seal.TAG_BYTES))));
    smallOrder();
  }

  @But("it names another node key than it is sealed to")
  public void anotherNodeKey() {
    draft.harm(
        "that names another node key",
        Harm.ofEnvelope(e -> e.with(NODE_KEY, X25519Pair.fresh().publicKey().bytes())));
    draft.harm(
        "that names the node key with one bit flipped",
        Harm.ofEnvelope(e -> e.flippedBit(NODE_KEY, 0)));
  }

  @But("it is sealed to another node key, which it names")
  public void sealedToAnotherKey() {
    draft.harm(
        "sealed to another node key",
        Harm.ofSealing(
            (recipe, lock) ->
                recipe.seal(
                    new LockGrant(
                        X25519Pair.fresh().publicKey(),
                        lock.nodeSmallId(),
                        lock.stackSmallId(),
                        lock.stackEntryDigest()))));
  }

  @But("it names the node key with the top bit set")
  public void topBitOfTheNodeKey() {
    draft.harm(
        "that names the node key with the top bit set",
        Harm.ofEnvelope(e -> e.flippedBit(NODE_KEY, TOP_BIT)));
  }

  private static Harm sealedUnderTheNodesKey(Bytes clientKey) {
    return Harm.ofSealing(
        (recipe, lock) ->
            recipe.sealInsecurely(
                lock,
                new X25519PublicKey(clientKey),
                Derivation.of(lock.publicKey().bytes(), Salt.fresh()),
                Nonce.fresh()));
  }

  private static Harm sealedUnder(X25519PublicKey clientKey, Bytes secret) {
    return Harm.ofSealing(
        (recipe, lock) ->
            recipe.sealInsecurely(
                lock, clientKey, Derivation.of(secret, Salt.fresh()), Nonce.fresh()));
  }
}
