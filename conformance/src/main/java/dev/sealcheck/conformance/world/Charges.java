package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.OpenedAnswer;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.verdict.CheckFailed;

/** What answers say that they cost, docs/PROTOCOL.md section 8. */
public final class Charges {

  private Charges() {}

  /**
   * The tokens that an answer or the last event of a stream used.
   *
   * @throws CheckFailed if it does not say
   */
  public static long tokens(OpenedAnswer answer) {
    return count(answer, "total_tokens");
  }

  /**
   * The tokens of its prompt alone.
   *
   * @throws CheckFailed if it does not say
   */
  public static long promptTokens(OpenedAnswer answer) {
    return count(answer, "prompt_tokens");
  }

  /**
   * The answer to a request on that lock.
   *
   * @throws CheckFailed if there is none that opens
   */
  public static OpenedAnswer answer(TestClient client, RequestRecipe recipe, LockGrant lock) {
    SealedRequest request = client.seal(recipe, lock);
    return client.completed(client.open(client.send(request), request));
  }

  /** The tokens that {@link #answer} used. */
  public static long of(TestClient client, RequestRecipe recipe, LockGrant lock) {
    return tokens(answer(client, recipe, lock));
  }

  private static long count(OpenedAnswer answer, String name) {
    JsonNode count =
        answer
            .innerUsage()
            .map(usage -> usage.path(name))
            .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
            .orElseThrow(() -> new CheckFailed("usage with " + name + " inside", "none"));
    return count.longValue();
  }
}
