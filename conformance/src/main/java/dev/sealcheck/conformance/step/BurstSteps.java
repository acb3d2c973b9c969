package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.AtOnce;
import dev.sealcheck.conformance.world.TestClient;
import dev.sealcheck.conformance.world.UnitProbe;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Locks that a user asks for at once, for more units than there are. */
public final class BurstSteps {

  /** All of them live until the last is asked for, on a busy machine too; then they are used. */
  private static final int LIFE_SECONDS = 30;

  /** More connections at the same moment overflow what common servers queue. */
  private static final int CONNECTIONS = 50;

  /** How many locks a stack has room for: few, since each that is granted is used by a chat. */
  private static final int PARTS = 4;

  private static final int FEW_TIMES = 20;

  /** Granted, or refused for want of balance, for load, or for want of a node. */
  private static final Set<Integer> FINE = Set.of(200, 402, 429, 503);

  private final World world;
  private final UnitProbe probe;
  private final List<Exchange> answers = new ArrayList<>();
  private long most;

  /** Made by Cucumber for each scenario. */
  public BurstSteps(World world, UnitProbe probe) {
    this.world = world;
    this.probe = probe;
  }

  @Given("a user whose balance buys a few stacks")
  public void countingUser() {
    world.profile().require(Permission.COSTLY);
    world.countingClient();
  }

  @When("the client asks at once for many locks on a part of a stack")
  public void askForParts() {
    ask(world.profile().counts().locksAtOnce(), stackUnits() / PARTS);
  }

  @When("the client asks at once for many locks on nearly a stack")
  public void askForWhole() {
    // Less than a stack, so that one from which other checks were charged has room as well.
    ask(FEW_TIMES, stackUnits() * 3 / 4);
  }

  @Then("no more is locked than there is")
  public void noMoreThanThereIs() {
    long granted = answers.stream().filter(BurstSteps::isGranted).count();
    if (granted == 0) {
      throw new CheckFailed("some of the locks granted", "none");
    }
    if (granted > most) {
      throw new CheckFailed(
          "no more locks than the user's stacks and balance have room for", "more");
    }
  }

  @Then("every answer is a lock or a refusal for want of units, for load or for want of a node")
  public void answersAreFine() {
    for (Exchange answer : answers) {
      if (!answer.isAnswered() || !FINE.contains(answer.status())) {
        throw new CheckFailed(
            "status 200, 402, 429 or 503 for each lock asked for at once", answer.outcome());
      }
    }
  }

  private void ask(int times, long size) {
    TestClient client = world.client();
    answers.addAll(AtOnce.of(times, CONNECTIONS, number -> client.askForLock(size, LIFE_SECONDS)));
    requireAllAtOnce();
    Map<Long, Long> charged = new TreeMap<>();
    for (Exchange answer : answers) {
      if (isGranted(answer)) {
        LockGrant lock = TestClient.rely(() -> client.grant(answer));
        charged.merge(lock.stackSmallId(), probe.use(client, lock), Long::sum);
      }
    }
    probe.lockAllOf(client, LIFE_SECONDS);
    most = probe.capacity(size, charged);
    probe.useUp();
  }

  private long stackUnits() {
    return world.profile().limits().stackUnits();
  }

  private void requireAllAtOnce() {
    long first = answers.stream().mapToLong(Exchange::startNanos).min().orElseThrow();
    long last = answers.stream().mapToLong(Exchange::endNanos).max().orElseThrow();
    if (last - first >= Duration.ofSeconds(LIFE_SECONDS).toNanos()) {
      throw new NotRun("the locks took longer to ask for than they live");
    }
  }

  private static boolean isGranted(Exchange answer) {
    return answer.isAnswered() && answer.status() == 200;
  }
}
