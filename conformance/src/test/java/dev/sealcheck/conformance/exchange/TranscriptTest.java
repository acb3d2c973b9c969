package dev.sealcheck.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.client.Bytes;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  @Test
  void forgetsTheOldestBodiesFirst() {
    Transcript transcript = new Transcript(10, 100);
    transcript.add(exchange(1, 60));
    transcript.add(exchange(2, 60));

    assertThat(transcript.exchanges()).extracting(Exchange::status).containsExactly(1, 2);
    assertThat(transcript.exchanges()).extracting(e -> e.body().length()).containsExactly(0, 60);
    assertThat(transcript.exchanges().get(0).answer().orElseThrow().truncated()).isTrue();
  }

  @Test
  void forgetsTheOldestExchangesWhenThereAreTooMany() {
    Transcript transcript = new Transcript(2, 100);
    for (int status = 1; status <= 5; status++) {
      transcript.add(exchange(status, 40));
    }

    assertThat(transcript.exchanges()).extracting(Exchange::status).containsExactly(4, 5);
    assertThat(transcript.exchanges()).extracting(e -> e.body().length()).containsExactly(40, 40);
    assertThat(transcript.dropped()).isEqualTo(3);
  }

  private static Exchange exchange(int status, int bodyBytes) {
    HttpAnswer answer = new HttpAnswer(status, HttpHeaders.none(), Bytes.random(bodyBytes), false);
    return new Exchange(
        HttpCall.get(URI.create("http://h/")),
        Optional.of(answer),
        Optional.empty(),
        0,
        OptionalLong.of(1),
        2);
  }
}
