package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.RawConnection;
import dev.sealcheck.conformance.exchange.RawRequest;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Methods that a path does not have. */
public final class MethodSteps {

  private static final int METHOD_NOT_ALLOWED = 405;

  private final World world;
  private final DoorSteps doors;
  private final Map<Exchange, String> allowed = new LinkedHashMap<>();
  private SealedRequest posted;
  private Exchange postAnswer;

  /** Made by Cucumber for each scenario. */
  public MethodSteps(World world, DoorSteps doors) {
    this.world = world;
    this.doors = doors;
  }

  @When("the client sends a good request by {word}, and by POST on the same lock")
  public void sendByMethodAndPost(String method) {
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    Twins.around(
        client,
        recipe,
        () -> {
          LockGrant lock = client.lock();
          SealedRequest refused = TestClient.rely(() -> client.seal(recipe, lock));
          refuse(method, client.call(refused).withMethod(method), "POST");
          posted = TestClient.rely(() -> client.seal(recipe, lock));
          postAnswer = client.send(posted);
          return null;
        });
  }

  @When("the other endpoints are called with a wrong method")
  public void callOthers() {
    TestClient client = world.client();
    Twins.around(
        client,
        world.recipes().chat(),
        () -> {
          refuse("GET of the lock endpoint", call("lock").withMethod("GET"), "POST");
          refuse("DELETE of the list of models", call("models").withMethod("DELETE"), "GET");
          for (String name : List.of("completions", "embeddings", "images")) {
            if (world.profile().offer().endpoints().contains(endpoint(name))) {
              refuse("PUT of the " + name + " endpoint", call(name).withMethod("PUT"), "POST");
            }
          }
          return null;
        });
  }

  @Then("each refusal names the method that is allowed")
  public void namesTheMethod() {
    allowed.forEach(
        (exchange, method) -> {
          // Another status is a WARN already, and owes no such header (RFC 9110 section 15.5.6).
          if (exchange.status() == METHOD_NOT_ALLOWED
              && exchange.headers().all("Allow").stream()
                  .flatMap(value -> Arrays.stream(value.split(",", -1)))
                  .noneMatch(value -> value.strip().equals(method))) {
            throw new CheckFailed("405 with Allow: " + method, "405 without it");
          }
        });
  }

  @Then("the lock serves the request by POST")
  public void lockServes() {
    TestClient client = world.client();
    try {
      client.completed(client.open(postAnswer, posted));
    } catch (CheckFailed lost) {
      throw new CheckFailed(
          "the lock kept after a wrong method", "a good request on it: " + lost.seen());
    }
  }

  private HttpCall call(String name) {
    return Doors.call(world.run().target(), name).bearing(world.client().user().token());
  }

  private static Endpoint endpoint(String name) {
    return Endpoint.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Sent on a connection of its own: HTTP clients refuse to send a body with some methods. */
  private void refuse(String words, HttpCall call, String method) {
    TestClient client = world.client();
    world.run().countRequest();
    try (RawConnection connection = client.messenger().connect(call.uri())) {
      connection.write(RawRequest.whole(call));
      Exchange answer = connection.answer(call, client.deadline());
      doors.keep("by " + words, answer);
      allowed.put(answer, method);
    }
  }
}
