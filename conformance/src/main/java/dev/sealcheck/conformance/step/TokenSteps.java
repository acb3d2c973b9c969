package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.RawConnection;
import dev.sealcheck.conformance.exchange.RawRequest;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.When;
import java.util.List;

/** What a server looks at first: the token, before anything of the body. */
public final class TokenSteps {

  private static final int HELD_BACK_BYTES = 64 * 1024;

  private final World world;
  private final DoorSteps doors;

  /** Made by Cucumber for each scenario. */
  public TokenSteps(World world, DoorSteps doors) {
    this.world = world;
    this.doors = doors;
  }

  @When("the {word} endpoint is sent bad bodies without a token")
  public void sendBadBodies(String endpoint) {
    TestClient client = world.client();
    HttpCall call = Doors.call(world.run().target(), endpoint);
    Bytes tooLarge = Bytes.utf8("x".repeat(world.profile().limits().bodyBytes() + 1));
    between(
        () -> {
          doors.keep(
              "with broken JSON and no token", client.send(call.withBody(Bytes.utf8("{\"a\""))));
          doors.keep(
              "of plain text and without a token", client.send(call.withContentType("text/plain")));
          doors.keep("over the cap and without a token", client.send(call.withBody(tooLarge)));
        });
  }

  @When("the {word} endpoint is sent a head without a token and no body yet")
  public void holdBodyBack(String endpoint) {
    TestClient client = world.client();
    HttpCall call = Doors.call(world.run().target(), endpoint);
    between(
        () -> {
          world.run().countRequest();
          try (RawConnection connection = client.messenger().connect(call.uri())) {
            connection.write(RawRequest.head(call, List.of("Content-Length: " + HELD_BACK_BYTES)));
            doors.keep(
                "without a token, its body held back", connection.answer(call, client.deadline()));
          }
        });
  }

  private void between(Runnable attempt) {
    Twins.around(
        world.client(),
        world.recipes().chat(),
        () -> {
          attempt.run();
          return null;
        });
  }
}
