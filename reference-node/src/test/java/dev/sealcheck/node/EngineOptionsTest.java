package dev.sealcheck.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sealcheck.node.engine.BuiltInEngine;
import dev.sealcheck.node.engine.Endpoint;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.engine.EngineRequest;
import dev.sealcheck.node.engine.HttpEngine;
import dev.sealcheck.node.engine.ScriptedEngine;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EngineOptionsTest {

  private static final List<String> MODELS = List.of("a", "b");

  @TempDir private Path directory;

  @Test
  void asksTheBuiltInEngineUnlessAnotherIsNamed() throws Exception {
    try (Engine engine = engine()) {
      assertThat(engine).isInstanceOf(BuiltInEngine.class);
      assertThat(engine.models()).isEqualTo(MODELS);
    }
    try (Engine engine = engine("--engine=http://127.0.0.1:1")) {
      assertThat(engine).isInstanceOf(HttpEngine.class);
      assertThat(engine.models()).isEqualTo(MODELS);
    }
  }

  @Test
  void asksTheNamedEngineWithItsKey() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "secret\n");
    try (ScriptedEngine scripted = ScriptedEngine.answering(200, ScriptedEngine.ANSWER);
        Engine engine = engine("--engine=" + scripted.uri(), "--engine-key-file=" + key)) {
      engine.answer(new EngineRequest(Endpoint.COMPLETIONS, StrictJson.newObject()));
      assertThat(scripted.calls().get(0).headers()).containsEntry("authorization", "Bearer secret");
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine("--engine-key-file=key"))
        .withMessageContaining("--engine-key-file");
    assertThatIllegalArgumentException().isThrownBy(() -> engine("--engine=ftp://127.0.0.1"));
    for (String option :
        List.of("connect-millis", "first-byte-millis", "idle-millis", "max-answer-bytes")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine("--engine=http://127.0.0.1:1", "--engine-" + option + "=0"));
    }
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(
            () ->
                engine(
                    "--engine=http://127.0.0.1:1",
                    "--engine-key-file=" + directory.resolve("missing")));
  }

  private static Engine engine(String... arguments) throws IOException {
    return CommandLine.populateCommand(new EngineOptions(), arguments)
        .engine(MODELS, Timekeeper.system());
  }
}
