package dev.sealcheck.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.client.Bytes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  private final SseReader reader = new SseReader();

  @Test
  void readsTwoEventsInOneRead() {
    List<SseEvent> events = feed("data: {\"a\":1}\n\ndata: 2\n\n");

    assertThat(events).extracting(e -> e.data().toLenientUtf8()).containsExactly("{\"a\":1}", "2");
    assertThat(events).allMatch(SseEvent::isOneDataLine);
    assertThat(events.get(1).raw()).isEqualTo(Bytes.utf8("data: 2\n\n"));
    assertThat(reader.leftover().isEmpty()).isTrue();
  }

  @Test
  void keepsCommentsApart() {
    List<SseEvent> events = feed(": keep-alive\n\ndata: 1\n\n:x\n:y\ndata: 2\n\n");

    assertThat(events).hasSize(2);
    assertThat(reader.comments())
        .containsExactly(
            new SseComment(" keep-alive", 7, 0),
            new SseComment("x", 7, 1),
            new SseComment("y", 7, 1));
  }

  @Test
  void showsEveryFieldOfABlock() {
    SseEvent event = feed("event: e\ndata:1\ndata:  2\nid\nretry: 5\n\n").get(0);

    assertThat(event.isOneDataLine()).isFalse();
    assertThat(event.fields())
        .extracting(SseField::name)
        .containsExactly("event", "data", "data", "id", "retry");
    assertThat(event.data()).isEqualTo(Bytes.utf8("1\n 2"));
    assertThat(event.has("retry")).isTrue();
  }

  @Test
  void showsABlockThatABrowserWouldDrop() {
    assertThat(feed("retry: 1\n\n")).singleElement().matches(e -> e.data().isEmpty());
  }

  @Test
  void takesEveryLineEnd() {
    assertThat(feed("data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n")).hasSize(3);
    assertThat(reader.leftover().isEmpty()).isTrue();
  }

  @Test
  void notesABom() {
    assertThat(feed("\uFEFFdata: 1\n\n")).singleElement().matches(SseEvent::isOneDataLine);
    assertThat(reader.hasBom()).isTrue();
  }

  @Test
  void takesTheBeginningOfABomForWhatItIs() {
    reader.feed(Bytes.hex("efbb"), 0);
    List<SseEvent> events = reader.feed(Bytes.utf8(": 1\n\n"), 0);

    assertThat(reader.hasBom()).isFalse();
    assertThat(events).singleElement().matches(e -> !e.isOneDataLine());
  }

  @Test
  void showsWhatIsIncompleteAtTheEnd() {
    feed("data: 1\n\n:c\ndata: 2\nda");

    assertThat(reader.leftover()).isEqualTo(Bytes.utf8("data: 2\nda"));
  }

  @Property(tries = 300)
  void givesTheSameEventsForAnySegmentation(
      @ForAll("streams") String stream, @ForAll List<Integer> cuts) {
    Bytes whole = Bytes.utf8(stream);
    SseReader atOnce = new SseReader();
    List<SseEvent> expected = atOnce.feed(whole, 7);

    SseReader inPieces = new SseReader();
    List<SseEvent> got = new ArrayList<>();
    int at = 0;
    for (int cut : cuts) {
      int next = at + Math.floorMod(cut, whole.length() - at + 1);
      got.addAll(inPieces.feed(whole.slice(at, next), 7));
      at = next;
    }
    got.addAll(inPieces.feed(whole.slice(at, whole.length()), 7));

    assertSame(atOnce, expected, inPieces, got);
  }

  @Property(tries = 300)
  void givesTheSameEventsByteByByte(@ForAll("streams") String stream) {
    Bytes whole = Bytes.utf8(stream);
    SseReader atOnce = new SseReader();
    List<SseEvent> expected = atOnce.feed(whole, 7);

    SseReader inPieces = new SseReader();
    List<SseEvent> got = new ArrayList<>();
    for (int i = 0; i < whole.length(); i++) {
      got.addAll(inPieces.feed(whole.slice(i, i + 1), 7));
    }

    assertSame(atOnce, expected, inPieces, got);
  }

  @Provide
  Arbitrary<String> streams() {
    return Arbitraries.of(
            "data: 1",
            "data:é\uD83D\uDE00",
            "data",
            ":",
            ": c",
            "id: 1",
            "retry: 1",
            "\uFEFF",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\r\n\r\n",
            " ")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private static void assertSame(
      SseReader one, List<SseEvent> expected, SseReader other, List<SseEvent> got) {
    assertThat(got).isEqualTo(expected);
    assertThat(other.comments()).isEqualTo(one.comments());
    assertThat(other.leftover()).isEqualTo(one.leftover());
    assertThat(other.hasBom()).isEqualTo(one.hasBom());
  }

  private List<SseEvent> feed(String text) {
    return reader.feed(Bytes.utf8(text), 7);
  }
}
