package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.host.HostServer;
import dev.sealcheck.conformance.host.HostedCall;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** An engine that serves chat only and says "ok" to everything, in one token and at once. */
final class OkEngine implements AutoCloseable {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final long CREATED = 1_790_000_000;

  private final HostServer server;

  OkEngine() throws IOException {
    server = HostServer.start("ok-engine", "127.0.0.1", 0, OkEngine::handle);
  }

  /** Where it is reached, without {@code /v1}. */
  URI base() {
    return server.base();
  }

  /** What went wrong in it. */
  List<Throwable> failures() {
    return server.failures();
  }

  private static void handle(HostedCall call) throws IOException {
    if (!call.path().equals("/v1/chat/completions")) {
      call.answerJson(NOT_FOUND, Bytes.utf8("{\"error\":{\"message\":\"chat only\"}}"));
      return;
    }
    ObjectNode body = StrictJson.parseObject(call.body());
    if (body.path("stream").booleanValue()) {
      stream(call, body);
    } else {
      ObjectNode answer = head(body, "chat.completion");
      ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
      choice.putObject("message").put("role", "assistant").put("content", "ok");
      choice.put("finish_reason", "stop");
      answer.set("usage", usage());
      call.answerJson(OK, StrictJson.write(answer));
    }
  }

  private static void stream(HostedCall call, ObjectNode body) throws IOException {
    HostedStream stream =
        call.stream(OK, List.of(new HttpHeader("Content-Type", "text/event-stream")));
    ObjectNode text = head(body, "chat.completion.chunk");
    ObjectNode choice = text.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").put("role", "assistant").put("content", "ok");
    choice.putNull("finish_reason");
    write(stream, text);
    ObjectNode end = head(body, "chat.completion.chunk");
    choice = end.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
    choice.putObject("delta");
    write(stream, end);
    if (body.path("stream_options").path("include_usage").booleanValue()) {
      ObjectNode last = head(body, "chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage());
      write(stream, last);
    }
    stream.write(Bytes.utf8("data: [DONE]\n\n"));
    stream.end();
  }

  private static void write(HostedStream stream, ObjectNode chunk) throws IOException {
    stream.write(Bytes.concat(Bytes.utf8("data: "), StrictJson.write(chunk), Bytes.utf8("\n\n")));
  }

  private static ObjectNode head(ObjectNode body, String kind) {
    return StrictJson.object()
        .put("id", "ok")
        .put("object", kind)
        .put("created", CREATED)
        .put("model", body.path("model").asText());
  }

  private static ObjectNode usage() {
    return StrictJson.object()
        .put("prompt_tokens", 1)
        .put("completion_tokens", 1)
        .put("total_tokens", 2);
  }

  @Override
  public void close() {
    server.close();
  }
}
