package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.world.TestClient;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One way in which a request differs from its unharmed twin.
 *
 * @param sealing makes the request for a lock
 * @param sending changes the call that carries it
 */
record Harm(
    BiFunction<RequestRecipe, LockGrant, SealedRequest> sealing, UnaryOperator<HttpCall> sending) {

  /** No difference. */
  static Harm none() {
    return ofEnvelope(UnaryOperator.identity());
  }

  /** A change of the envelope after it was sealed. */
  static Harm ofEnvelope(UnaryOperator<Envelope> change) {
    return ofSealing((recipe, lock) -> recipe.seal(lock).tampered(change));
  }

  /** A change of what is sealed, or of what the envelope says about it. */
  static Harm ofRecipe(UnaryOperator<RequestRecipe> change) {
    return ofSealing((recipe, lock) -> change.apply(recipe).seal(lock));
  }

  /** A change of the JSON object that is sealed. */
  static Harm ofBody(Consumer<ObjectNode> change) {
    return ofRecipe(
        recipe -> {
          ObjectNode body = StrictJson.parseObject(recipe.plaintext());
          change.accept(body);
          return recipe.withPlaintext(StrictJson.write(body));
        });
  }

  /** A change of the text that is sealed, whether or not it is JSON then. */
  static Harm ofBodyText(UnaryOperator<String> change) {
    return ofRecipe(
        recipe ->
            recipe.withPlaintext(Bytes.utf8(change.apply(recipe.plaintext().toLenientUtf8()))));
  }

  /** Another way to seal. */
  static Harm ofSealing(BiFunction<RequestRecipe, LockGrant, SealedRequest> sealing) {
    return new Harm(sealing, UnaryOperator.identity());
  }

  /** A change of the call around the envelope. */
  static Harm ofCall(UnaryOperator<HttpCall> change) {
    return new Harm((recipe, lock) -> recipe.seal(lock), change);
  }

  /** The request for that lock, harmed; that the lock can be sealed for is relied on. */
  SealedRequest seal(TestClient client, RequestRecipe recipe, LockGrant lock) {
    TestClient.rely(() -> client.seal(recipe, lock));
    return sealing.apply(recipe, lock);
  }
}
