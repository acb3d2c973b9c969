package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.LongNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRecipeTest {
  @Test
  void aRecipeIsChangedByCopy() {
    RequestRecipe recipe =
        RequestRecipe.of(Endpoint.CHAT, "a/model", Optional.of(true), Bytes.utf8("{}"));

    Bytes other = Bytes.utf8("[]");

    assertThat(recipe.withModel("b/model").model()).isEqualTo("b/model");
    assertThat(recipe.withModel("b/model").plaintext()).isEqualTo(recipe.plaintext());
    assertThat(recipe.withPlaintext(other).plaintext()).isEqualTo(other);
    assertThat(recipe.withPlaintext(other).model()).isEqualTo("a/model");
  }

  @Test
  void sealsTheProtocolsVector() {
    Derivation derivation =
        Derivation.of(Vector.CLIENT.sharedSecret(Vector.LOCK.publicKey()), Vector.salt());
    SealedRequest sealed =
        Vector.RECIPE.sealInsecurely(
            Vector.LOCK, Vector.CLIENT.publicKey(), derivation, Vector.nonce());

    assertThat(new String(sealed.envelope().json().toArray(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"ciphertext\":\"%s\",\"client_dh_public_key\":\"%s\",\"node_dh_public_key\":\"%s\","
                    .formatted(Vector.CIPHERTEXT, Vector.CLIENT_PUBLIC, Vector.NODE_PUBLIC)
                + "\"nonce\":\"%s\",\"salt\":\"%s\",\"plaintext_body_hash\":\"%s\","
                    .formatted(Vector.NONCE, Vector.SALT, Vector.HASH)
                + "\"stack_small_id\":7,\"model_name\":\"m/test\",\"stream\":false}");
  }

  @Test
  void sealsSoThatTheNodeCanOpen() {
    SealedRequest sealed = Vector.RECIPE.seal(Vector.LOCK);
    Envelope envelope = sealed.envelope();
    Bytes secret =
        Vector.NODE.sharedSecret(new X25519PublicKey(envelope.decoded("client_dh_public_key")));
    Derivation nodeSide = Derivation.of(secret, new Salt(envelope.decoded("salt")));

    assertThat(
            Seal.open(
                nodeSide.key(),
                new Nonce(envelope.decoded("nonce")),
                envelope.decoded("ciphertext")))
        .isEqualTo(Vector.PLAINTEXT);
    assertThat(sealed.endpoint().path()).isEqualTo("/v1/confidential/chat/completions");
  }

  @Test
  void neverSealsTheSameBytesTwice() {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      SealedRequest sealed = Vector.RECIPE.seal(Vector.LOCK);
      seen.add(sealed.clientKey());
      seen.add(sealed.nonce());
      seen.add(sealed.derivation().salt());
      seen.add(sealed.derivation().key());
    }
    assertThat(seen).hasSize(200);
  }

  @Test
  void leavesOutWhatIsEmptyAndNamesUnits() {
    Envelope envelope =
        Vector.RECIPE
            .withStream(Optional.empty())
            .withNumComputeUnits(16)
            .seal(Vector.LOCK)
            .envelope();

    assertThat(envelope.names()).doesNotContain("stream").endsWith("num_compute_units");
    assertThat(envelope.field("num_compute_units")).contains(LongNode.valueOf(16));
  }

  @Test
  void changesOneFieldOfACopy() {
    SealedRequest twin = Vector.RECIPE.seal(Vector.LOCK);
    Envelope good = twin.envelope();
    SealedRequest tampered = twin.tampered(e -> e.flippedBit("client_dh_public_key", 255));

    assertThat(twin.envelope()).isSameAs(good);
    assertThat(tampered.envelope().decoded("client_dh_public_key"))
        .isEqualTo(twin.clientKey().bytes().flippedBit(255));
    assertThat(tampered.envelope().without("client_dh_public_key").json())
        .isEqualTo(good.without("client_dh_public_key").json());
    assertThat(good.with("nonce", "x").names()).isEqualTo(good.names());
    assertThat(good.withRawJson(Bytes.utf8("{")).json()).isEqualTo(Bytes.utf8("{"));
    assertThat(good.inOrder(reversed(good.names())).names()).isEqualTo(reversed(good.names()));
  }

  @Test
  void refusesChangesThatWouldTestNothing() {
    Envelope good = Vector.RECIPE.seal(Vector.LOCK).envelope();

    assertThatIllegalArgumentException().isThrownBy(() -> good.without("nonsense"));
    assertThatIllegalArgumentException().isThrownBy(() -> good.flippedBit("stack_small_id", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> good.flippedBit("nonce", 96));
    assertThatThrownBy(() -> good.withRawJson(Bytes.utf8("{}")).with("nonce", "x"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void printsNoSecret() {
    SealedRequest sealed = Vector.RECIPE.seal(Vector.LOCK);

    assertThat(sealed.toString() + Vector.RECIPE)
        .doesNotContain("llo")
        .doesNotContain(sealed.nonce().base64())
        .doesNotContain(sealed.derivation().key().toHex());
  }

  @Test
  void readsALock() {
    LockGrant lock = LockGrant.parse(Bytes.utf8(lock("\"0xab\"", "12")));

    assertThat(lock.publicKey()).isEqualTo(Vector.NODE.publicKey());
    assertThat(lock.nodeSmallId()).isEqualTo(3);
    assertThat(lock.stackSmallId()).isEqualTo(12);
    assertThat(lock.stackEntryDigest()).contains("0xab");
    assertThat(LockGrant.parse(Bytes.utf8(lock("null", "12"))).stackEntryDigest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.0", "1e1", "\"1\"", "true", "null", "9223372036854775808"})
  void refusesALockWhoseStackIsNoPositiveInteger(String stack) {
    assertThatThrownBy(() -> LockGrant.parse(Bytes.utf8(lock("null", stack))))
        .isInstanceOfSatisfying(
            MalformedAnswer.class, e -> assertThat(e.field()).isEqualTo("stack_small_id"));
  }

  @Test
  void refusesALockWithoutTheDigestKey() {
    Bytes json = Bytes.utf8(lock("null", "1").replace("stack_entry_digest", "other"));

    assertThatThrownBy(() -> LockGrant.parse(json))
        .hasMessage("stack_entry_digest: must be present");
  }

  private static String lock(String digest, String stack) {
    return "{\"public_key\":\"%s\",\"node_small_id\":3,\"stack_small_id\":%s,\"extra\":[],\"stack_entry_digest\":%s}"
        .formatted(Vector.NODE_PUBLIC, stack, digest);
  }

  private static List<String> reversed(List<String> names) {
    List<String> turned = new ArrayList<>(names);
    Collections.reverse(turned);
    return turned;
  }
}
