package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.verdict.NotRun;
import java.util.function.Supplier;

/**
 * The control of every negative check, in one place: the same request, unharmed and sealed afresh
 * on a lock of its own, must succeed before and after. Where it does not, a refusal proves nothing.
 */
public final class Twins {

  private Twins() {}

  /**
   * Runs {@code attempt} between two twins.
   *
   * @throws NotRun if a twin fails
   */
  public static <T> T around(TestClient client, RequestRecipe twin, Supplier<T> attempt) {
    complete(client, twin, "before");
    T result = attempt.get();
    complete(client, twin, "after");
    return result;
  }

  /** One twin; {@code when} says which, for the reason of a NOT_RUN. */
  public static void complete(TestClient client, RequestRecipe twin, String when) {
    try {
      if (twin.stream().orElse(false)) {
        client.completeStream(twin);
      } else {
        client.complete(twin);
      }
    } catch (CheckFailed failed) {
      throw new NotRun("the unharmed twin " + when + " it failed: " + failed.getMessage());
    } catch (Hung hung) {
      throw new NotRun("the unharmed twin " + when + " it hung: " + hung.getMessage());
    }
  }
}
