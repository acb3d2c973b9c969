package dev.sealcheck.proxy.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One of the six forms of a confidential request: a path, and whether its answer is a stream. */
record Form(ConfidentialPath path, boolean stream) {

  static List<Form> all() {
    return Arrays.stream(ConfidentialPath.values())
        .flatMap(
            path ->
                path.streams()
                    ? Stream.of(new Form(path, false), new Form(path, true))
                    : Stream.of(new Form(path, false)))
        .toList();
  }

  static List<Form> whole() {
    return all().stream().filter(form -> !form.stream).toList();
  }

  static List<Form> streamed() {
    return all().stream().filter(Form::stream).toList();
  }

  /** A model that the path is for. */
  String model() {
    return switch (path) {
      case CHAT_COMPLETIONS, COMPLETIONS -> ProxyFixture.CHAT;
      case EMBEDDINGS -> ProxyFixture.EMBEDDING;
      case IMAGES -> ProxyFixture.IMAGE;
    };
  }

  /** Models that the path is not for. */
  List<String> otherModels() {
    return Stream.of(ProxyFixture.CHAT, ProxyFixture.EMBEDDING, ProxyFixture.IMAGE)
        .filter(model -> !model.equals(model()))
        .toList();
  }

  /** An envelope of this form; it names no units. */
  ObjectNode envelope(long stack) {
    return ProxyFixture.envelope(stack, stream).put("model_name", model());
  }

  @Override
  public String toString() {
    return path + (stream ? " streamed" : "");
  }
}
