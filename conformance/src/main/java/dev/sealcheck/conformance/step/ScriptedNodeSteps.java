package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.world.StackWatch;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;

/** The node that the suite plays behind the proxy, and the stack of the client on it. */
public final class ScriptedNodeSteps {

  private final World world;
  private final StackWatch stack;

  /** Made by Cucumber for each scenario. */
  public ScriptedNodeSteps(World world, StackWatch stack) {
    this.world = world;
    this.stack = stack;
  }

  @Given("a scripted node behind the proxy")
  public void scriptedNode() {
    world.scriptedNode();
  }

  @Given("a scripted node behind the proxy that signs with {scheme}")
  public void scriptedNodeOf(SignatureScheme scheme) {
    world.scriptedNode(node -> node.scheme() == scheme);
  }

  @Then("the whole stack is free again")
  public void stackIsFree() {
    stack.requireFree();
  }
}
