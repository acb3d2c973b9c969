package dev.sealcheck.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.host.HostedStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The good answer with a change: to each of its trees, to its usage, or to how trees are written.
 */
final class EditedAnswer implements EngineBehaviour {
  private final Consumer<ObjectNode> edit;
  private final Optional<Function<ObjectNode, Optional<JsonNode>>> usage;
  private final Function<ObjectNode, Bytes> writer;

  private EditedAnswer(
      Consumer<ObjectNode> edit,
      Optional<Function<ObjectNode, Optional<JsonNode>>> usage,
      Function<ObjectNode, Bytes> writer) {
    this.edit = edit;
    this.usage = usage;
    this.writer = writer;
  }

  /** A change to the whole answer, or to every chunk of a stream. */
  static EditedAnswer each(Consumer<ObjectNode> edit) {
    return new EditedAnswer(edit, Optional.empty(), StrictJson::write);
  }

  /** Another way to write the whole answer, or every chunk of a stream. */
  static EditedAnswer written(Function<ObjectNode, Bytes> writer) {
    return new EditedAnswer(unchanged -> {}, Optional.empty(), writer);
  }

  /**
   * Another usage in the place of the good one, or none; a stream has it whether it was asked for
   * or not. An answer without usage, as of images, stays without.
   */
  static EditedAnswer usage(Function<ObjectNode, Optional<JsonNode>> replacement) {
    return new EditedAnswer(unchanged -> {}, Optional.of(replacement), StrictJson::write);
  }

  @Override
  public void serve(EngineCall call) throws IOException {
    if (call.streamed()) {
      HostedStream stream = EngineEvents.open(call);
      for (ObjectNode chunk : chunks(call)) {
        edit.accept(chunk);
        stream.write(EngineEvents.event(writer.apply(chunk)));
      }
      stream.write(EngineEvents.DONE);
      stream.end();
    } else {
      ObjectNode answer = OrdinaryAnswer.to(call);
      usage.ifPresent(other -> replaceUsage(answer, other));
      edit.accept(answer);
      call.http().answerJson(200, writer.apply(answer));
    }
  }

  private List<ObjectNode> chunks(EngineCall call) {
    List<ObjectNode> chunks = new ArrayList<>(OrdinaryStream.chunks(call));
    ObjectNode last = OrdinaryStream.usage(call);
    boolean sent = usage.map(other -> replaceUsage(last, other)).orElseGet(call::usageAsked);
    if (sent) {
      chunks.add(last);
    }
    return chunks;
  }

  /** Replaces usage in {@code tree}; false where none is left. */
  private static boolean replaceUsage(
      ObjectNode tree, Function<ObjectNode, Optional<JsonNode>> replacement) {
    if (tree.path("usage") instanceof ObjectNode good) {
      Optional<JsonNode> other = replacement.apply(good);
      other.ifPresentOrElse(value -> tree.set("usage", value), () -> tree.remove("usage"));
    }
    return tree.has("usage");
  }
}
