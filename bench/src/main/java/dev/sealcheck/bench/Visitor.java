package dev.sealcheck.bench;

import dev.sealcheck.bench.Tally.Outcome;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** One client thread of the soak: makes whatever request it is told to, and notes its end. */
final class Visitor {

  private static final Duration RESTART_LIMIT = Duration.ofSeconds(30);

  private final Scene scene;
  private final List<Customer> steady;
  private final LeavingAccount account;
  private final Reader reader;
  private final Leaver leaver;
  private final BadCaller badCaller;

  Visitor(Scene scene, List<Customer> customers, int thread) {
    this.scene = scene;
    this.steady = of(customers, Customer.Use.STEADY);
    this.account = new LeavingAccount(of(customers, Customer.Use.LEAVING).get(thread), scene);
    this.reader = new Reader(scene);
    this.leaver = new Leaver(scene, account);
    this.badCaller =
        new BadCaller(
            scene,
            reader,
            of(customers, Customer.Use.LATE).get(thread),
            of(customers, Customer.Use.STRANGER).get(0));
  }

  /** Makes one request, of the kind and content that {@code dice} says. */
  void visit(RandomGenerator dice) throws InterruptedException {
    Kind kind = Kind.pick(dice);
    Customer customer = steady.get(dice.nextInt(steady.size()));
    Outcome outcome;
    try {
      outcome =
          switch (kind) {
            case WHOLE -> reader.whole(kind, customer, dice);
            case STREAM, SLOW_STREAM -> reader.stream(kind, customer, dice);
            case LEFT_STREAM, RESET_STREAM -> leaver.stream(kind, dice);
            case RESET_ANSWER -> leaver.answer(kind, dice);
            case RESET_BODY -> leaver.body(customer, dice);
            default -> badCaller.call(kind, customer, dice);
          };
    } catch (IOException | MalformedMessageException e) {
      scene.tally().surprise(kind, e.getClass().getSimpleName() + " " + e.getMessage());
      outcome = Outcome.UNEXPECTED;
    }
    scene.tally().count(kind, outcome);
    if (outcome == Outcome.LOST_TO_RESTART) {
      // As a client would; else most requests of the soak would run into the few restarts.
      new Wait(scene.time()).holds(scene.deployment()::isUp, RESTART_LIMIT);
    }
    if (!new BookReader(scene.deployment().books()).overbooked().isEmpty()) {
      scene.tally().overbook();
    }
  }

  /** Waits until every request of this thread is settled. */
  void settle() throws IOException, InterruptedException {
    account.settle();
  }

  private static List<Customer> of(List<Customer> customers, Customer.Use use) {
    return customers.stream().filter(customer -> customer.use() == use).toList();
  }
}
