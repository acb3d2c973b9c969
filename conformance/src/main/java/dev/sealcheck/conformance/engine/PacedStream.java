package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream whose every event the check pushes itself, so that it can send one only after the client
 * has opened the one before. The head goes out when the call arrives; pushes return at once and are
 * written in their order. It serves one call; every further one gets 500.
 */
public final class PacedStream implements EngineBehaviour {
  private static final int MAX_STEPS_AHEAD = 1_024;

  /** Longer than any check may take. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>(MAX_STEPS_AHEAD);
  private final Awaited<Opened> opened = new Awaited<>("the node's call to the engine");

  /** The stream and the call that it answers. */
  private static final class Opened {
    private final EngineCall call;
    private final HostedStream stream;
    // Used by the thread of the connection only.
    private int texts;

    Opened(EngineCall call, HostedStream stream) {
      this.call = call;
      this.stream = stream;
    }

    void write(ObjectNode chunk) throws IOException {
      stream.write(EngineEvents.event(chunk));
    }
  }

  /** Something to do on the stream; true where it is over then. */
  private interface Step {
    boolean take(Opened on) throws IOException;
  }

  /** Sends {@code chunk} as one event in one write. */
  public PacedStream push(ObjectNode chunk) {
    return pushRaw(EngineEvents.event(chunk));
  }

  /** Sends {@code bytes} as they are, in one write: events, parts of events, comments. */
  public PacedStream pushRaw(Bytes bytes) {
    return write(on -> on.stream.write(bytes));
  }

  /** Sends a good chunk with {@code text}, counted as one token. */
  public PacedStream pushText(String text) {
    return write(
        on -> {
          on.write(OrdinaryStream.content(on.call, 0, text, on.texts == 0));
          on.texts++;
        });
  }

  /** Sends the good chunk that ends the answer with the reason {@code stop}. */
  public PacedStream pushFinish() {
    return write(on -> on.write(OrdinaryStream.finish(on.call, 0, "stop")));
  }

  /** Sends the good usage chunk: the prompt's tokens and one for each text that was pushed. */
  public PacedStream pushUsage() {
    return write(
        on ->
            on.write(
                OrdinaryStream.usage(
                    on.call, AnswerText.of(on.call).promptTokens(), Math.max(1, on.texts))));
  }

  /** Sends a usage chunk with these numbers. */
  public PacedStream pushUsage(long promptTokens, long completionTokens) {
    return write(on -> on.write(OrdinaryStream.usage(on.call, promptTokens, completionTokens)));
  }

  /** Sends {@code [DONE]} and ends the body cleanly. */
  public void end() {
    add(
        on -> {
          on.stream.write(EngineEvents.DONE);
          on.stream.end();
          return true;
        });
  }

  /** Resets the connection in the middle of the body, after what was pushed before. */
  public void abort() {
    add(
        on -> {
          on.stream.abort();
          return true;
        });
  }

  /** Closes the connection (FIN) in the middle of the body, after what was pushed before. */
  public void closeUnfinished() {
    add(
        on -> {
          on.stream.closeUnfinished();
          return true;
        });
  }

  /**
   * Blocks until the node has called and the head is written; returns the call.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if it does not call before the deadline
   */
  public EngineCall awaitOpened(Deadline deadline) {
    return opened.await(deadline).call;
  }

  /**
   * Blocks until the node has closed its side of the connection; false where it had not by {@code
   * deadline}, or where this side ended first.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if it does not even call before the deadline
   */
  public boolean awaitClosedByPeer(Deadline deadline) {
    return opened.await(deadline).stream.awaitPeerGone(deadline);
  }

  /** The bytes whose write has returned. */
  public long writtenBytes() {
    return opened.now().map(on -> on.stream.writtenBytes()).orElse(0L);
  }

  /** A step that does not end the stream. */
  private interface Writing {
    void run(Opened on) throws IOException;
  }

  private PacedStream write(Writing writing) {
    add(
        on -> {
          writing.run(on);
          return false;
        });
    return this;
  }

  private void add(Step step) {
    if (!steps.offer(step)) {
      throw new IllegalStateException(MAX_STEPS_AHEAD + " pushes wait already");
    }
  }

  @Override
  public void serve(EngineCall call) throws IOException {
    Optional<Opened> mine = open(call);
    if (mine.isEmpty()) {
      Behaviours.serverError("this stream serves one call").serve(call);
      return;
    }
    boolean over = false;
    while (!over) {
      over = nextStep().take(mine.get());
    }
  }

  private synchronized Optional<Opened> open(EngineCall call) throws IOException {
    if (opened.now().isPresent()) {
      return Optional.empty();
    }
    Opened mine = new Opened(call, EngineEvents.open(call));
    opened.set(mine);
    return Optional.of(mine);
  }

  private Step nextStep() throws IOException {
    try {
      Step step = steps.poll(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      if (step == null) {
        throw new IllegalStateException("nothing was pushed for " + LONGEST_PAUSE);
      }
      return step;
    } catch (InterruptedException cut) {
      throw (InterruptedIOException) new InterruptedIOException("the call was cut").initCause(cut);
    }
  }
}
