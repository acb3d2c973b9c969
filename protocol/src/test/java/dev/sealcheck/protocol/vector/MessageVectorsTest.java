package dev.sealcheck.protocol.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.SseInput;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that open, answers and streams against vectors/request, answer and stream. */
class MessageVectorsTest {

  private static final int MAX_EVENT_BYTES = 1 << 20;

  static List<VectorCase> opened() {
    return VectorCase.all("request", "NodeRequestTest").stream()
        .filter(VectorCase::isValid)
        .toList();
  }

  static List<VectorCase> answers() {
    return VectorCase.all("answer", "AnswerTest");
  }

  static List<VectorCase> streams() {
    return VectorCase.all("stream", "StreamTest");
  }

  @ParameterizedTest
  @MethodSource("opened")
  void opensRequestsToTheVeryBytes(VectorCase one) throws Exception {
    Envelope envelope =
        Envelope.parse(ConfidentialPath.of(one.text("path")).orElseThrow(), one.raw("body"));
    byte[] plaintext =
        AgreementKeyPair.ofInsecureKnownKey(one.hex("nodeSecret"))
            .derive(envelope.clientPublicKey(), envelope.salt())
            .open(envelope.nonce(), envelope.ciphertext());
    assertThat(new String(plaintext, UTF_8)).isEqualTo(one.text("plaintext"));
    assertThat(Blake2b256.of(plaintext)).isEqualTo(envelope.plaintextBodyHash());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void opensAnswersOrGivesUpForTheRightReason(VectorCase one) {
    try {
      byte[] plaintext = new CarefulClient(one).answer(one.raw("body"));
      assertThat(one.expected()).isEqualTo("valid");
      assertThat(new String(plaintext, UTF_8)).isEqualTo(one.text("plaintext"));
    } catch (CarefulClient.GivesUp e) {
      assertThat(e.getMessage()).isEqualTo(one.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void showsOfAStreamWhatMayBeShownAndNoMore(VectorCase one) {
    List<String> expected = new ArrayList<>();
    one.test().path("released").forEach(text -> expected.add(text.textValue()));
    for (int chunk : new int[] {1, MAX_EVENT_BYTES}) {
      List<String> released = new ArrayList<>();
      assertThat(read(one, chunk, released)).as("in reads of %d", chunk).isEqualTo(one.expected());
      assertThat(released).isEqualTo(expected);
    }
  }

  private static String read(VectorCase one, int chunk, List<String> released) {
    CarefulClient client = new CarefulClient(one);
    boolean clean = one.text("end").equals("clean");
    SseInput events = new SseInput(new Body(one.raw("stream"), chunk, clean), MAX_EVENT_BYTES);
    try {
      for (Optional<byte[]> data = events.next(); data.isPresent(); data = events.next()) {
        released.add(new String(client.event(data.get()), UTF_8));
      }
    } catch (CarefulClient.GivesUp e) {
      return e.getMessage();
    } catch (IOException e) {
      return "INCOMPLETE";
    }
    return client.isComplete() ? "valid" : "INCOMPLETE";
  }

  /** A body that comes in reads of a few bytes and ends as its case says. */
  private static final class Body extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int chunk;
    private final boolean clean;

    Body(byte[] bytes, int chunk, boolean clean) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.chunk = chunk;
      this.clean = clean;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = bytes.read(buffer, offset, Math.min(length, chunk));
      if (read < 0 && !clean) {
        throw new IOException("the body was aborted");
      }
      return read;
    }
  }
}
