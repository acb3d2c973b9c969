package dev.sealcheck.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SseInputTest {

  @Property
  void losesNothingHoweverTheBytesAreCut(
      @ForAll @Size(max = 20) List<@AlphaChars @StringLength(min = 1, max = 50) String> events,
      @ForAll Random random)
      throws Exception {
    StringBuilder stream = new StringBuilder();
    String[] ends = {"\n", "\r\n", "\r"};
    for (String event : events) {
      String end = ends[random.nextInt(3)];
      if (random.nextBoolean()) {
        stream.append(": keep-alive").append(end).append(end);
      }
      stream.append(random.nextBoolean() ? "data: " : "data:").append(event).append(end);
      stream.append(end);
    }
    assertThat(read(new Dribble(stream.toString().getBytes(UTF_8), random))).isEqualTo(events);
  }

  @Test
  void joinsDataLinesAndPassesOverOtherFields() throws Exception {
    assertThat(read("event: x\nid: 1\ndata: a\ndata\ndata:b\nretry: 5\n\n"))
        .containsExactly("a\n\nb");
  }

  @Test
  void tellsTheTypeOfTheEventItHasJustRead() throws Exception {
    String stream = "event: x\n\ndata: a\n\ndata: b\nevent: error\n\nevents: y\ndata: c\n\n";
    SseInput input = new SseInput(new ByteArrayInputStream(stream.getBytes(UTF_8)), 100);
    List<String> types = new ArrayList<>();
    while (input.next().isPresent()) {
      types.add(input.eventType());
    }
    assertThat(types).containsExactly("", "error", "");
  }

  @Test
  void passesOverAByteOrderMarkAndBlocksWithoutData() throws Exception {
    assertThat(read("\uFEFFdata: a\n\n\n\n: c\nevent: y\n\ndata: b\n\n")).containsExactly("a", "b");
  }

  @Test
  void refusesAStreamThatEndsWithinAnEvent() {
    for (String cut : List.of("data: a", "data: a\n", "dat", "data: a\n\ndata: b\n")) {
      assertThatExceptionOfType(EOFException.class).as(cut).isThrownBy(() -> read(cut));
    }
  }

  @Test
  void refusesAnEventThatIsTooLargeButNotAStreamThatIs() throws Exception {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("data: " + "x".repeat(200) + "\n\n"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("data: x\n".repeat(30) + "\n"));
    assertThat(read(("data: x\n\n" + ": " + "c".repeat(80) + "\n\n").repeat(100))).hasSize(100);
  }

  private static List<String> read(String stream) throws IOException {
    return read(new ByteArrayInputStream(stream.getBytes(UTF_8)));
  }

  private static List<String> read(InputStream stream) throws IOException {
    SseInput input = new SseInput(stream, 100);
    List<String> events = new ArrayList<>();
    for (Optional<byte[]> next = input.next(); next.isPresent(); next = input.next()) {
      events.add(new String(next.get(), UTF_8));
    }
    return events;
  }

  /** Gives between one and seven bytes a read. */
  private static final class Dribble extends InputStream {
    private final ByteArrayInputStream bytes;
    private final Random random;

    Dribble(byte[] bytes, Random random) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }
}
