package dev.sealcheck.node.engine;

import static dev.sealcheck.node.engine.Requests.answer;
import static dev.sealcheck.node.engine.Requests.request;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.node.engine.EngineException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

  private static final String PREFIX = "data:image/png;base64,";

  @Test
  void paintsOneLargeSquareUnlessAskedOtherwise() throws Exception {
    JsonNode answer = answer(images("{'prompt': 'the sea', 'n': null, 'size': null}"));

    assertThat(answer.fieldNames()).toIterable().containsExactly("created", "data");
    assertThat(answer.get("created").longValue()).isEqualTo(HandMovedTime.START.getEpochSecond());
    assertThat(answer.get("data")).hasSize(1);
    BufferedImage picture = picture(answer, 0);
    assertThat(picture.getWidth()).isEqualTo(1024);
    assertThat(picture.getHeight()).isEqualTo(1024);
    assertThat(IntStream.range(0, 16).map(i -> picture.getRGB(i * 64 + 32, 500)).distinct().count())
        .isGreaterThan(1);
    assertThat(file(answer, 0)).hasSizeLessThan(16_384);
  }

  @ParameterizedTest
  @CsvSource({"1x1,1,1", "17x5,17,5", "2048x512,2048,512", "256x256,256,256"})
  void paintsTheSizeThatIsAskedFor(String size, int width, int height) throws Exception {
    BufferedImage picture = picture(answer(images("{'prompt': 'a', 'size': '" + size + "'}")), 0);

    assertThat(picture.getWidth()).isEqualTo(width);
    assertThat(picture.getHeight()).isEqualTo(height);
  }

  @Test
  void paintsTheSameForTheSamePromptOnly() throws Exception {
    JsonNode sea = answer(images("{'prompt': 'sea', 'n': 3, 'size': '64x64'}"));
    JsonNode land = answer(images("{'prompt': 'land', 'n': 3, 'size': '64x64'}"));

    assertThat(answer(images("{'prompt': 'sea', 'n': 3, 'size': '64x64'}"))).isEqualTo(sea);
    assertThat(sea.get("data")).hasSize(3).doesNotContainAnyElementsOf(land.get("data"));
    assertThat(sea.get("data")).doesNotHaveDuplicates();
  }

  @Test
  void writesFilesWhoseSectionsVerify() throws Exception {
    ByteBuffer file = ByteBuffer.wrap(file(answer(images("{'prompt': 'a', 'size': '9x9'}")), 0));
    file.position(8);
    List<String> types = new ArrayList<>();
    while (file.hasRemaining()) {
      // Length, then the type and the content that the checksum covers. Source: ISO/IEC 15948, 5.3.
      byte[] typed = new byte[4 + file.getInt()];
      file.get(typed);
      CRC32 checksum = new CRC32();
      checksum.update(typed);
      assertThat(file.getInt()).isEqualTo((int) checksum.getValue());
      types.add(new String(typed, 0, 4, US_ASCII));
    }
    assertThat(types).containsExactly("IHDR", "PLTE", "IDAT", "IEND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'prompt': ['a']}",
        "{'prompt': 'a', 'n': 0}",
        "{'prompt': 'a', 'n': 129}",
        "{'prompt': 'a', 'size': 'auto'}",
        "{'prompt': 'a', 'size': '0x8'}",
        "{'prompt': 'a', 'size': '2049x1'}",
        "{'prompt': 'a', 'size': '1025x1024'}",
        "{'prompt': 'a', 'size': '99999999999x1'}",
        "{'prompt': 'a', 'size': 64}"
      })
  void refusesWhatItDoesNotServe(String fields) {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> answer(images(fields)))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST));
  }

  private static EngineRequest images(String fields) {
    return request(Endpoint.IMAGES, fields);
  }

  private static byte[] file(JsonNode answer, int index) {
    String url = answer.get("data").get(index).get("url").textValue();
    assertThat(url).startsWith(PREFIX);
    return Base64.getDecoder().decode(url.substring(PREFIX.length()));
  }

  private static BufferedImage picture(JsonNode answer, int index) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(file(answer, index)));
  }
}
