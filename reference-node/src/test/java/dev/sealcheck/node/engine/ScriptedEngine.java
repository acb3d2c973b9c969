package dev.sealcheck.node.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An inference server whose every byte a test decides; it keeps what it was sent. */
public final class ScriptedEngine implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;
  private static final int BACKLOG = 256;

  /** A whole chat answer that a node can seal. */
  public static final String ANSWER =
      "{\"id\":\"a\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"test/small\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1,"
          + "\"total_tokens\":3}}";

  /** A chunk of a stream. */
  public static final String CHUNK =
      "{\"id\":\"a\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"test/small\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}";

  /** The chunk that ends a stream. */
  public static final String USAGE_CHUNK =
      "{\"id\":\"a\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"test/small\","
          + "\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1,"
          + "\"total_tokens\":3}}";

  /** Answers one request; an {@link IOException} means that the peer is gone. */
  @FunctionalInterface
  public interface Script {

    /** Writes the answer to {@code call}, or breaks it. */
    void answer(ScriptedCall call) throws IOException, InterruptedException;
  }

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final List<ScriptedCall> calls = new CopyOnWriteArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Semaphore arrivals = new Semaphore(0);
  private final Semaphore departures = new Semaphore(0);
  private volatile Script script;

  /** An engine on a free port that follows {@code script} until it gets another. */
  public ScriptedEngine(Script script) throws IOException {
    this.script = script;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    start("scripted-engine", this::accept);
  }

  /** An engine that gives one answer to everything. */
  public static ScriptedEngine answering(int status, String json) throws IOException {
    return new ScriptedEngine(call -> call.answer(status, json));
  }

  /** Where it answers, without a path. */
  public URI uri() throws IOException {
    return URI.create(
        "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
  }

  /** Follows another script from the next request on. */
  public void follow(Script next) {
    script = next;
  }

  /** What has arrived so far. */
  public List<ScriptedCall> calls() {
    return calls;
  }

  /** Waits until {@code count} requests more than before have arrived. */
  public void awaitArrivals(int count) throws InterruptedException {
    await(arrivals, count);
  }

  /** Waits until {@code count} peers more than before have gone away in the midst of a script. */
  public void awaitDepartures(int count) throws InterruptedException {
    await(departures, count);
  }

  private static void await(Semaphore happened, int count) throws InterruptedException {
    if (!happened.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(happened.availablePermits() + " have come or gone, not " + count);
    }
  }

  /** Stops; a script that failed otherwise than by its peer's leaving fails the test here. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a script failed", failures.peek());
    }
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel channel = listener.accept();
        open.add(channel);
        start("scripted-call", () -> serve(channel));
      } catch (ClosedChannelException stopped) {
        return;
      } catch (IOException broken) {
        failures.add(broken);
        return;
      }
    }
  }

  private void serve(SocketChannel channel) {
    boolean answering = false;
    try (channel) {
      while (true) {
        answering = false;
        ScriptedCall call = ScriptedCall.read(channel);
        if (call == null) {
          return;
        }
        calls.add(call);
        arrivals.release();
        answering = true;
        script.answer(call);
        if (!call.complete()) {
          return;
        }
      }
    } catch (IOException gone) {
      if (answering) {
        departures.release();
      }
    } catch (InterruptedException | RuntimeException | AssertionError wrong) {
      failures.add(wrong);
    } finally {
      open.remove(channel);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
