package dev.sealcheck.node;

import dev.sealcheck.node.engine.BuiltInEngine;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.engine.EngineKey;
import dev.sealcheck.node.engine.EngineLimits;
import dev.sealcheck.node.engine.HttpEngine;
import dev.sealcheck.protocol.time.Timekeeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose and bound the engine behind the node. */
final class EngineOptions {

  @Option(
      names = "--max-concurrent",
      defaultValue = "1024",
      description = "Requests the engine takes at once (default: 1024).")
  private int maxConcurrent;

  @Option(
      names = "--events-per-second",
      defaultValue = "50",
      description = "Pace of the built-in engine's streams; 0 for none (default: 50).")
  private int eventsPerSecond;

  @Option(
      names = "--engine",
      description =
          "URL of an engine with the OpenAI interface, without /v1; default: the built-in one.")
  private URI url;

  @Option(
      names = "--engine-key-file",
      description = "File with the bearer token for --engine; default: none is sent.")
  private Path keyFile;

  @Option(
      names = "--engine-connect-millis",
      defaultValue = "5000",
      description = "How long reaching --engine may take (default: 5000).")
  private long connectMillis;

  @Option(
      names = "--engine-first-byte-millis",
      defaultValue = "120000",
      description = "How long --engine may take to begin an answer (default: 120000).")
  private long firstByteMillis;

  @Option(
      names = "--engine-idle-millis",
      defaultValue = "60000",
      description = "How long --engine may be silent within an answer (default: 60000).")
  private long idleMillis;

  @Option(
      names = "--engine-max-answer-bytes",
      defaultValue = "" + EngineLimits.DEFAULT_MAX_ANSWER_BYTES,
      description = "Largest whole answer of --engine (default: 67108864).")
  private int maxAnswerBytes;

  /**
   * The engine that these options ask for.
   *
   * @throws IOException if the key file cannot be read
   * @throws IllegalArgumentException if an option is out of range, or a key is given for no engine
   */
  Engine engine(List<String> models, Timekeeper time) throws IOException {
    if (url == null) {
      if (keyFile != null) {
        throw new IllegalArgumentException("--engine-key-file is of no use without --engine");
      }
      return new BuiltInEngine(models, eventsPerSecond, maxConcurrent, time);
    }
    return new HttpEngine(
        url,
        models,
        keyFile == null ? Optional.empty() : Optional.of(EngineKey.read(keyFile)),
        new EngineLimits(
            Duration.ofMillis(connectMillis),
            Duration.ofMillis(firstByteMillis),
            Duration.ofMillis(idleMillis),
            maxAnswerBytes,
            maxConcurrent),
        time);
  }
}
