package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.RawConnection;
import dev.sealcheck.conformance.exchange.RawRequest;
import dev.sealcheck.conformance.node.NodeCall;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.world.Framing;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests whose end is said in more than one way, or in a false one. */
public final class FramingSteps {

  /** A request, one that hides behind it, and garbage in between. */
  private static final int MOST_ANSWERS = 4;

  private final World world;
  private final AfterwardsSteps afterwards;
  private final List<Exchange> answers = new ArrayList<>();
  private final String mark = "hidden" + Bytes.random(8).toHex();
  private boolean behindProxy;
  private Framing framing;
  private SealedRequest request;
  private List<NodeCall> nodeCalls = List.of();

  /** Made by Cucumber for each scenario. */
  public FramingSteps(World world, AfterwardsSteps afterwards) {
    this.world = world;
    this.afterwards = afterwards;
  }

  @Given("a node that the suite plays behind the proxy")
  public void playNode() {
    world.scriptedNode();
    behindProxy = true;
  }

  @When("the client sends a request framed by {framing}")
  public void send(Framing chosen) {
    framing = chosen;
    TestClient client = world.client();
    RequestRecipe recipe = world.recipes().chat();
    afterwards.around(
        client,
        () -> {
          request = TestClient.rely(() -> client.seal(recipe, client.lock()));
          HttpCall call = client.call(request);
          int before = behindProxy ? world.scriptedNode().calls().size() : 0;
          exchange(client, call, chosen.framed(call, hidden(call)));
          if (behindProxy) {
            List<NodeCall> all = world.scriptedNode().calls();
            nodeCalls = all.subList(before, all.size());
          }
        });
  }

  @Then("it is answered or refused, and what hides in it is not")
  public void isAnsweredOrRefused() {
    long good = answers.stream().filter(FramingSteps::succeeded).count();
    if (good > (framing.isServable() ? 1 : 0)) {
      throw new CheckFailed(
          framing.isServable() ? "one success at most" : "no success", good + " successes");
    }
    Optional<Exchange> first = answers.stream().findFirst().filter(Exchange::isAnswered);
    if (first.isPresent() && first.get().status() < 400) {
      world.client().open(first.get(), request);
    }
  }

  @Then("nothing that hides in it reaches the node")
  public void nothingReachesTheNode() {
    long good = answers.stream().filter(FramingSteps::succeeded).count();
    if (nodeCalls.size() > good) {
      throw new CheckFailed(
          "a call of the node for each success of the client, of which there is " + good,
          nodeCalls.size() + " calls");
    }
    for (NodeCall call : nodeCalls) {
      if (call.envelope().toLenientUtf8().contains(mark)) {
        throw new CheckFailed("no hidden request at the node", "one");
      }
    }
  }

  /** Sends the bytes and takes every answer that comes before the connection ends. */
  private void exchange(TestClient client, HttpCall call, Bytes bytes) {
    world.run().countRequest();
    try (RawConnection connection = client.messenger().connect(call.uri())) {
      connection.write(bytes);
      connection.endOutput();
      Exchange answer = connection.answer(call, client.deadline());
      while (answer.isAnswered() && answers.size() < MOST_ANSWERS) {
        answers.add(answer);
        answer = connection.answer(call, client.deadline());
      }
    }
  }

  /**
   * In front of the proxy a request that would succeed; for behind it one in the form of a node's,
   * which the proxy itself would refuse for want of a token.
   */
  private Bytes hidden(HttpCall call) {
    if (!behindProxy) {
      return RawRequest.whole(
          HttpCall.get(world.run().target().uri("/v1/models"))
              .bearing(world.client().user().token()));
    }
    return RawRequest.whole(
        HttpCall.post(call.uri(), Bytes.utf8("{\"" + mark + "\":1}"))
            .withUri(world.run().target().uri(Endpoint.CHAT.path())));
  }

  private static boolean succeeded(Exchange answer) {
    return answer.isAnswered() && answer.status() < 400;
  }
}
