package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.HttpCall;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Calls that are refused for many different reasons, and the values in them that no error may
 * repeat.
 */
public final class Provocations {

  private static final int BAD_NONCE_BYTES = 40;

  private final TestClient client;
  private final RequestRecipe recipe;
  private final Leaks leaks;
  private final Map<String, HttpCall> calls = new LinkedHashMap<>();

  private Provocations(TestClient client, RequestRecipe recipe, Leaks leaks) {
    this.client = client;
    this.recipe = recipe;
    this.leaks = leaks;
  }

  /** What a proxy refuses, and what it lets its node refuse. */
  public static Provocations ofProxy(World world, Leaks leaks) {
    Provocations made = new Provocations(world.client(), world.recipes().chat(), leaks);
    BearerToken token = world.client().user().token();
    leaks.forbid("the user's token", token.secret());
    made.harmed();
    made.harm(
        "on an unknown stack",
        request -> request.tampered(e -> e.with("stack_small_id", stack(request))));
    HttpCall lock = HttpCall.post(world.client().door().uri("/v1/nodes/lock"), Bytes.utf8("{}"));
    String unknown = "{\"model\":\"no-such-model-" + Bytes.random(8).toHex() + "\"}";
    BearerToken foreign = new BearerToken("sk-" + Bytes.random(32).toHex());
    leaks.forbid("an unknown token", foreign.secret());
    made.calls.put("for a lock without a model", lock.bearing(token));
    made.calls.put(
        "for a lock for an unknown model", lock.withBody(Bytes.utf8(unknown)).bearing(token));
    made.calls.put("for a lock with an unknown token", lock.bearing(foreign));
    made.doors(call -> call.bearing(token));
    return made;
  }

  /** What a node refuses, to its proxy and to others. */
  public static Provocations ofNode(World world, Leaks leaks) {
    Provocations made = new Provocations(world.client(), world.recipes().chat(), leaks);
    made.harmed();
    if (world.client().door() instanceof Door.OfNode node) {
      SealedRequest request = made.sealed();
      made.calls.put("without a signature", node.unsigned(request));
      made.calls.put(
          "with a foreign signature", node.callSignedBy(SigningPair.generate(), request));
      made.calls.put(
          "with a signature that is none",
          node.unsigned(request).withHeader("X-Signature", "AAAA"));
    }
    made.doors(call -> call);
    return made;
  }

  /** The calls in their order, each by words for it. */
  public Map<String, HttpCall> calls() {
    return Collections.unmodifiableMap(calls);
  }

  private void harmed() {
    harm("without a field", request -> request.tampered(e -> e.without("salt")));
    harm("with a nonce that is too long", this::withLongNonce);
    harm("with a flipped bit", request -> request.tampered(e -> e.flippedBit("ciphertext", 3)));
    harm(
        "with another body's hash",
        request -> request.tampered(e -> e.with("plaintext_body_hash", Bytes.random(32))));
    harm("naming another node key", this::withAnotherKey);
    harm(
        "for an unknown model",
        request -> request.tampered(e -> e.with("model_name", "no-such-model")));
    RequestRecipe unreadable = recipe.withPlaintext(Bytes.utf8("this is no JSON"));
    calls.put("with a body that is no JSON", client.call(sealed(unreadable)));
  }

  private void doors(UnaryOperator<HttpCall> admitted) {
    HttpCall chat = client.call(sealed());
    calls.put(
        "for an unknown path", admitted.apply(HttpCall.get(client.door().uri("/v1/nothing"))));
    calls.put("with a wrong method", chat.withMethod("PUT"));
    calls.put("of plain text", chat.withContentType("text/plain"));
    calls.put("with half a body", chat.withBody(Bytes.utf8("{\"ciphertext\":\"")));
  }

  private void harm(String words, UnaryOperator<SealedRequest> harm) {
    calls.put(words, client.call(harm.apply(sealed())));
  }

  private SealedRequest sealed() {
    return sealed(recipe);
  }

  private SealedRequest sealed(RequestRecipe any) {
    SealedRequest request = TestClient.rely(() -> client.seal(any, client.lock()));
    leaks.forbid("the hash of a body", request.plaintextHash().bytes());
    leaks.forbid("a client's public key", request.clientKey().bytes());
    leaks.forbid("the node's public key", request.lock().publicKey().bytes());
    leaks.forbid("a salt", request.derivation().salt().bytes());
    return request;
  }

  private SealedRequest withLongNonce(SealedRequest request) {
    return request.tampered(e -> e.with("nonce", Bytes.random(BAD_NONCE_BYTES)));
  }

  private SealedRequest withAnotherKey(SealedRequest request) {
    return request.tampered(
        e -> e.with("node_dh_public_key", X25519Pair.fresh().publicKey().bytes()));
  }

  private static JsonNode stack(SealedRequest request) {
    long other = request.lock().stackSmallId() + 1_000_003L;
    return LongNode.valueOf(other);
  }
}
