package dev.sealcheck.proxy.account;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

class AccountsHistoryTest {

  @Property(tries = 400)
  void agreeWithTheModelAfterEveryStep(@ForAll("histories") ActionChain<AccountsModel> history) {
    history.withInvariant(AccountsModel::check).run().comeToRest();
  }

  @Provide
  Arbitrary<ActionChain<AccountsModel>> histories() {
    return ActionChain.startWith(() -> new AccountsModel(700))
        .withAction(6, locks())
        .withAction(6, uses())
        .withAction(2, passingTime())
        .withAction(3, settlements("settle", AccountsModel::settle))
        .withAction(1, settlements("disconnect", AccountsModel::disconnect))
        .withAction(1, endings("fail", AccountsModel::fail))
        .withAction(2, endings("give back", AccountsModel::giveBack))
        .withAction(1, endings("end again", (model, which) -> model.endAgain(which, which)))
        .withAction(1, nodes("stop", AccountsModel::stopNode))
        .withAction(1, nodes("start", AccountsModel::startNode))
        .withAction(1, nodes("restart", AccountsHistoryTest::restart))
        .withMaxTransformations(60);
  }

  private static Action.Independent<AccountsModel> locks() {
    Arbitrary<List<NodeOffer>> offers =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(List.of(Fixture.CHEAP, Fixture.DEAR))),
            Tuple.of(2, Arbitraries.just(List.of(Fixture.DEAR))),
            Tuple.of(1, Arbitraries.just(List.of())));
    Arbitrary<Long> units = Arbitraries.longs().between(1, AccountsModel.STACK_UNITS + 2);
    return () ->
        Combinators.combine(users(), models(), units, Arbitraries.integers().between(1, 6), offers)
            .as(
                (user, model, size, timeout, nodes) ->
                    Transformer.mutate(
                        "lock %s %s %d units %d s at %s"
                            .formatted(user, model, size, timeout, nodes),
                        state -> state.lock(user, model, size, timeout, nodes)));
  }

  private static Action.Independent<AccountsModel> uses() {
    return () ->
        Combinators.combine(
                users(),
                Arbitraries.integers().between(1, 4),
                models(),
                Arbitraries.longs().between(1, AccountsModel.STACK_UNITS))
            .as(
                (user, stack, model, units) ->
                    Transformer.mutate(
                        "use %s stack %d %s %d units".formatted(user, stack, model, units),
                        state -> state.use(user, stack, model, units)));
  }

  private static Action.Independent<AccountsModel> passingTime() {
    return () ->
        Combinators.combine(
                Arbitraries.integers().between(0, 4), Arbitraries.of(true, true, true, false))
            .as(
                (seconds, timersRun) ->
                    Transformer.mutate(
                        "%d s pass, timers run: %s".formatted(seconds, timersRun),
                        state -> state.pass(seconds, timersRun)));
  }

  private static void restart(AccountsModel model, long node) {
    model.stopNode(node);
    model.startNode(node);
  }

  private interface NodeEvent {
    void happen(AccountsModel model, long node);
  }

  private static Action.Independent<AccountsModel> nodes(String name, NodeEvent event) {
    return () ->
        Arbitraries.of(Fixture.CHEAP.nodeSmallId(), Fixture.DEAR.nodeSmallId())
            .map(
                node ->
                    Transformer.mutate(name + " node " + node, state -> event.happen(state, node)));
  }

  private interface Settlement {
    void settle(AccountsModel model, int which, long units);
  }

  private static Action.Independent<AccountsModel> settlements(String name, Settlement settlement) {
    return () ->
        Combinators.combine(
                Arbitraries.integers().between(0, 20),
                Arbitraries.longs().between(0, AccountsModel.STACK_UNITS + 20))
            .as(
                (which, units) ->
                    Transformer.mutate(
                        "%s number %d for %d units".formatted(name, which, units),
                        state -> settlement.settle(state, which, units)));
  }

  private interface Ending {
    void end(AccountsModel model, int which);
  }

  private static Action.Independent<AccountsModel> endings(String name, Ending ending) {
    return () ->
        Arbitraries.integers()
            .between(0, 20)
            .map(
                which ->
                    Transformer.mutate(
                        name + " number " + which, state -> ending.end(state, which)));
  }

  private static Arbitrary<UserId> users() {
    return Arbitraries.frequency(Tuple.of(4, Fixture.ANN), Tuple.of(1, Fixture.BOB));
  }

  private static Arbitrary<String> models() {
    return Arbitraries.frequency(Tuple.of(4, "m/chat"), Tuple.of(1, "m/other"));
  }
}
