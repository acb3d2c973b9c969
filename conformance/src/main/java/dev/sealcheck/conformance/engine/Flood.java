package dev.sealcheck.conformance.engine;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.util.Optional;

/**
 * A good stream of many chunks, written as fast as they are taken. Once nobody reads behind the
 * node, the count of written bytes stands still as soon as the buffers on the way are full; the
 * engine's own holds 32 KiB. It serves one call; every further one gets 500.
 */
public final class Flood implements EngineBehaviour {
  private final int textBytes;
  private final long limitBytes;
  private final Awaited<HostedStream> opened = new Awaited<>("the node's call to the engine");

  /**
   * A flood that ends like any good stream when it has written {@code limitBytes}.
   *
   * @param textBytes the text in each chunk, 1 or more
   * @param limitBytes the whole, as the engine writes it
   */
  public Flood(int textBytes, long limitBytes) {
    if (textBytes < 1 || limitBytes < textBytes) {
      throw new IllegalArgumentException(
          textBytes + " bytes a chunk of " + limitBytes + ": 1 to the whole allowed");
    }
    this.textBytes = textBytes;
    this.limitBytes = limitBytes;
  }

  /** The bytes whose write has returned, 0 before the call; they left the engine's hands. */
  public long writtenBytes() {
    return opened.now().map(HostedStream::writtenBytes).orElse(0L);
  }

  /**
   * Blocks until the node has called.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if it does not before the deadline
   */
  public void awaitOpened(Deadline deadline) {
    HostedStream unused = opened.await(deadline);
  }

  /**
   * Blocks until the node has closed its side of the connection; false where it had not by {@code
   * deadline}, or where the stream ended first.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if it does not even call before the deadline
   */
  public boolean awaitClosedByPeer(Deadline deadline) {
    return opened.await(deadline).awaitPeerGone(deadline);
  }

  @Override
  public void serve(EngineCall call) throws IOException {
    Optional<HostedStream> mine = open(call);
    if (mine.isPresent()) {
      write(mine.get(), call);
    } else {
      Behaviours.serverError("this stream serves one call").serve(call);
    }
  }

  private synchronized Optional<HostedStream> open(EngineCall call) throws IOException {
    if (opened.now().isPresent()) {
      return Optional.empty();
    }
    HostedStream stream = EngineEvents.open(call);
    opened.set(stream);
    return Optional.of(stream);
  }

  private void write(HostedStream stream, EngineCall call) throws IOException {
    stream.write(EngineEvents.event(OrdinaryStream.content(call, 0, "Flood", true)));
    String text = " " + "x".repeat(textBytes - 1);
    Bytes event = EngineEvents.event(OrdinaryStream.content(call, 0, text, false));
    long count = 1;
    while (stream.writtenBytes() < limitBytes) {
      stream.write(event);
      count++;
    }
    stream.write(EngineEvents.event(OrdinaryStream.finish(call, 0, "stop")));
    int prompt = AnswerText.of(call).promptTokens();
    stream.write(EngineEvents.event(OrdinaryStream.usage(call, prompt, count)));
    stream.write(EngineEvents.DONE);
    stream.end();
  }
}
