package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks an engine as a node would, over the JDK's client. */
final class EngineClient {
  static final String MARKER = "00112233445566778899aabbccddeeff";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  EngineClient(URI base) {
    this.base = base;
  }

  /** A chat body with the marker. */
  static ObjectNode chat() {
    ObjectNode body = StrictJson.object().put("model", "m/test").put("user", MARKER);
    body.putArray("messages").addObject().put("role", "user").put("content", "two words");
    return body;
  }

  /** The same that asks for a stream with usage. */
  static ObjectNode chatStream() {
    ObjectNode body = chat().put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    return body;
  }

  static Deadline soon() {
    return Deadline.in(SuiteClock.system(), Duration.ofSeconds(5));
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(base.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(EngineEndpoint endpoint, JsonNode body)
      throws IOException, InterruptedException {
    return postRaw(endpoint, StrictJson.write(body));
  }

  HttpResponse<byte[]> postRaw(EngineEndpoint endpoint, Bytes body)
      throws IOException, InterruptedException {
    return client.send(request(endpoint, body), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<InputStream> open(EngineEndpoint endpoint, JsonNode body)
      throws IOException, InterruptedException {
    return client.send(
        request(endpoint, StrictJson.write(body)), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest request(EngineEndpoint endpoint, Bytes body) {
    return HttpRequest.newBuilder(base.resolve(endpoint.path()))
        .timeout(Duration.ofSeconds(10))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
        .build();
  }

  /** The good answer's JSON. */
  ObjectNode answer(EngineEndpoint endpoint, JsonNode body)
      throws IOException, InterruptedException {
    return json(post(endpoint, body));
  }

  static ObjectNode json(HttpResponse<byte[]> response) {
    return StrictJson.parseObject(Bytes.of(response.body()));
  }

  /** The data of the events of a stream that ended. */
  static List<String> data(HttpResponse<byte[]> response) {
    List<String> data = new ArrayList<>();
    for (String line : Bytes.of(response.body()).toLenientUtf8().split("\n", -1)) {
      if (line.startsWith("data: ")) {
        data.add(line.substring("data: ".length()));
      }
    }
    return data;
  }

  /** The chunks of a stream that ended with its mark. */
  static List<ObjectNode> chunks(HttpResponse<byte[]> response) {
    List<String> data = data(response);
    if (!data.get(data.size() - 1).equals("[DONE]")) {
      throw new AssertionError("no [DONE] at the end");
    }
    return data.subList(0, data.size() - 1).stream()
        .map(text -> StrictJson.parseObject(Bytes.utf8(text)))
        .toList();
  }

  /** The text of the first choice in all of {@code chunks}. */
  static String text(List<ObjectNode> chunks) {
    StringBuilder text = new StringBuilder();
    for (ObjectNode chunk : chunks) {
      JsonNode choice = chunk.path("choices").path(0);
      text.append(choice.at("/delta/content").asText("")).append(choice.path("text").asText(""));
    }
    return text.toString();
  }

  /** The next line of a stream that is being read. */
  static String line(InputStream stream) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = stream.read(); next != '\n'; next = stream.read()) {
      if (next < 0) {
        throw new IOException("the stream ended");
      }
      line.append((char) next);
    }
    return line.toString();
  }
}
