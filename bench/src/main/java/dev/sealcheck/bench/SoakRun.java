package dev.sealcheck.bench;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One soak from the start of the servers to their stop. */
final class SoakRun implements AutoCloseable {

  /** Client threads. */
  static final int THREADS = 16;

  /** The heap is read after one part of so many, and the node restarted once in each. */
  static final int PARTS = 10;

  private static final Duration TIME_LIMIT = Duration.ofMinutes(8);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

  /** Longer than the proxy keeps a timer for the last words of a stream that was left. */
  private static final Duration LAST_TIMERS = Duration.ofSeconds(3);

  private final long seed;
  private final int requests;
  private final Timekeeper time;
  private final long endNanos;
  private final List<Customer> customers = Customer.all(THREADS);
  private final Tally tally = new Tally();
  private final ExecutorService httpThreads = daemons("soak-http");
  private final ExecutorService clients = daemons("soak-client");
  private final AtomicInteger next = new AtomicInteger();
  private final Deployment deployment;
  private final Scene scene;
  private final List<Visitor> visitors = new ArrayList<>();

  /** Starts the servers. */
  SoakRun(long seed, int requests, Timekeeper time) throws IOException, InterruptedException {
    this.seed = seed;
    this.requests = requests;
    this.time = time;
    this.endNanos = time.nanoTime() + TIME_LIMIT.toNanos();
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(httpThreads)
            .build();
    this.deployment = new Deployment(customers, http, time);
    ProxyClient client = new ProxyClient(deployment.proxyUrl(), http);
    this.scene = new Scene(deployment, client, new PriceList(), tally, time, new SecureRandom());
    for (int thread = 0; thread < THREADS; thread++) {
      visitors.add(new Visitor(scene, customers, thread));
    }
  }

  /**
   * Makes the requests and takes the figures.
   *
   * @throws IOException if the deployment does not come to rest, or the time limit is reached
   */
  Result run() throws IOException, InterruptedException, MalformedMessageException {
    long samplesUnits = learnPrices();
    visitUpTo(requests / PARTS);
    HeapReading early = HeapReading.take(deployment.replayBytes());
    int threadsEarly = new ThreadCensus().size();
    visitUpTo(requests);
    HeapReading late = HeapReading.take(deployment.replayBytes());
    int threadsLate = new ThreadCensus().size();
    BookReader books = new BookReader(deployment.books());
    return new Result(
        tally,
        new BookCheck(books, customers, tally, samplesUnits).findings(),
        deployment.restarts(),
        early,
        late,
        threadsEarly,
        threadsLate);
  }

  @Override
  public void close() {
    clients.shutdownNow();
    deployment.close();
    httpThreads.shutdownNow();
  }

  private long learnPrices() throws IOException, InterruptedException, MalformedMessageException {
    long units = 0;
    Customer customer = customers.get(0);
    for (Job job : Job.samples()) {
      SealedRequest sealed =
          scene.seal(scene.client().lock(customer, job, Scene.LOCK_SECONDS), job);
      HttpResponse<byte[]> response =
          scene
              .client()
              .whole(
                  sealed.path().path(),
                  Optional.of(customer.token()),
                  ProxyClient.JSON,
                  sealed.json());
      long total = sealed.open(response.body(), 0).path("usage").path("total_tokens").longValue();
      scene.prices().learn(job, total - job.completionTokens());
      units += total;
    }
    return units;
  }

  /** Lets all client threads make requests up to this number, and the deployment come to rest. */
  private void visitUpTo(int end) throws IOException, InterruptedException {
    next.set((int) tally.requests());
    List<Future<?>> running = new ArrayList<>();
    for (Visitor visitor : visitors) {
      running.add(
          clients.submit(
              () -> {
                visit(visitor, end);
                return null;
              }));
    }
    for (Future<?> thread : running) {
      join(thread);
    }
    if (tally.requests() < end) {
      throw new IOException("only " + tally.requests() + " requests were made in time");
    }
    new Wait(time)
        .until(
            () -> new BookReader(deployment.books()).open() == 0,
            SETTLE_LIMIT,
            "no lock lives and no request runs");
    time.pause(LAST_TIMERS);
  }

  private void visit(Visitor visitor, int end) throws IOException, InterruptedException {
    for (int number = next.getAndIncrement();
        number < end && time.nanoTime() - endNanos < 0;
        number = next.getAndIncrement()) {
      int part = requests / PARTS;
      if (number % part == part / 2) {
        // The engine breaks under its requests at every other restart.
        deployment.restartNode(number / part % 2 != 0);
      }
      visitor.visit(new SplittableRandom(seed * requests + number));
    }
    visitor.settle();
  }

  private void join(Future<?> thread) throws IOException, InterruptedException {
    try {
      long left = endNanos - time.nanoTime() + SETTLE_LIMIT.toNanos();
      thread.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("a client thread hangs", e);
    } catch (ExecutionException e) {
      throw new IOException("a client thread failed", e.getCause());
    }
  }

  private static ExecutorService daemons(String name) {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * What a soak found.
   *
   * @param tally what the client threads saw
   * @param books the bars that the books must meet
   * @param restarts how often the node was restarted
   * @param early the heap after the first part
   * @param late the heap at the end
   * @param threadsEarly the threads after the first part
   * @param threadsLate the threads at the end, servers still running
   */
  record Result(
      Tally tally,
      List<Finding> books,
      int restarts,
      HeapReading early,
      HeapReading late,
      int threadsEarly,
      int threadsLate) {}
}
