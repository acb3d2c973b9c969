package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.util.List;

/** A chat answer that calls a tool in the place of any text; other endpoints answer as ever. */
final class ToolCalls implements EngineBehaviour {
  private static final String REASON = "tool_calls";
  private static final List<String> ARGUMENTS = List.of("{\"city\":", "\"Oslo\"}");

  @Override
  public void serve(EngineCall call) throws IOException {
    if (call.endpoint() != EngineEndpoint.CHAT) {
      Behaviours.ordinary().serve(call);
    } else if (call.streamed()) {
      stream(call);
    } else {
      ObjectNode answer = OrdinaryAnswer.to(call);
      ObjectNode choice = (ObjectNode) answer.path("choices").path(0);
      ObjectNode message = choice.putObject("message").put("role", "assistant").putNull("content");
      addNamed(message, String.join("", ARGUMENTS));
      choice.put("finish_reason", REASON);
      call.http().answerJson(200, StrictJson.write(answer));
    }
  }

  private static void stream(EngineCall call) throws IOException {
    HostedStream stream = EngineEvents.open(call);
    ObjectNode first = OrdinaryStream.content(call, 0, "", true);
    ObjectNode named = addNamed(delta(first).putNull("content"), "");
    ((ObjectNode) named.path("tool_calls").path(0)).put("index", 0);
    stream.write(EngineEvents.event(first));
    for (String part : ARGUMENTS) {
      ObjectNode next = OrdinaryStream.content(call, 0, "", false);
      ObjectNode bare = delta(next);
      bare.removeAll();
      bare.putArray("tool_calls")
          .addObject()
          .put("index", 0)
          .putObject("function")
          .put("arguments", part);
      stream.write(EngineEvents.event(next));
    }
    stream.write(EngineEvents.event(OrdinaryStream.finish(call, 0, REASON)));
    if (call.usageAsked()) {
      stream.write(EngineEvents.event(OrdinaryStream.usage(call)));
    }
    stream.write(EngineEvents.DONE);
    stream.end();
  }

  private static ObjectNode delta(ObjectNode chunk) {
    return (ObjectNode) chunk.path("choices").path(0).path("delta");
  }

  private static ObjectNode addNamed(ObjectNode message, String arguments) {
    message
        .putArray("tool_calls")
        .addObject()
        .put("id", "call-scripted-1")
        .put("type", "function")
        .putObject("function")
        .put("name", "weather")
        .put("arguments", arguments);
    return message;
  }
}
