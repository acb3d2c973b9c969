package dev.sealcheck.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.exchange.ChunkSubscriber.Signal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class ChunkSubscriberTest {
  private final ChunkSubscriber subscriber = new ChunkSubscriber(new HandClock());
  private final Asked asked = new Asked();

  @Test
  void asksForAFewBatchesAndThenForOneMoreForEachTaken() throws Exception {
    subscriber.onSubscribe(asked);
    assertThat(asked.batches).isEqualTo(8);
    for (int i = 0; i < 8; i++) {
      subscriber.onNext(List.of(ByteBuffer.allocate(3), ByteBuffer.allocate(2)));
    }
    assertThat(asked.batches).isEqualTo(8);

    assertThat(((Signal.Chunk) subscriber.poll(1)).bytes().length()).isEqualTo(5);
    assertThat(asked.batches).isEqualTo(9);
    subscriber.poll(1);
    assertThat(asked.batches).isEqualTo(10);
  }

  @Test
  void cancelsAlsoBeforeThereIsAConnection() {
    subscriber.cancel();
    subscriber.onSubscribe(asked);

    assertThat(asked.cancelled).isTrue();
    assertThat(asked.batches).isZero();
  }

  private static final class Asked implements Flow.Subscription {
    private long batches;
    private boolean cancelled;

    @Override
    public void request(long more) {
      batches += more;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
