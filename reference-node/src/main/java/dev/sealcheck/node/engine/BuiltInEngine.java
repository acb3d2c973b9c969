package dev.sealcheck.node.engine;

import dev.sealcheck.protocol.time.Timekeeper;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * An engine that needs no model: it says deterministic, silly English, counts its tokens as a real
 * one does, and paces its streams. The same body always gives the same text.
 */
public final class BuiltInEngine implements Engine {

  /** The most choices, prompts or pictures in one request. */
  static final int MOST_CHOICES = 128;

  private static final int ID_BYTES = 12;

  private final List<String> models;
  private final int eventsPerSecond;
  private final Timekeeper time;
  private final Slots slots;
  private final SecureRandom random;

  /**
   * An engine that is ready at once; its token encoding is loaded in the background.
   *
   * @param models the names it answers to
   * @param eventsPerSecond the rate of a stream's chunks; 0 for as fast as they are read
   * @param maxConcurrent how many answers and streams may run at once
   * @param time what streams are paced by
   * @throws IllegalArgumentException if {@code eventsPerSecond} is negative or {@code
   *     maxConcurrent} is not positive
   */
  public BuiltInEngine(
      List<String> models, int eventsPerSecond, int maxConcurrent, Timekeeper time) {
    this(models, eventsPerSecond, maxConcurrent, time, new SecureRandom());
  }

  /** The same with the randomness that ids are made of. */
  BuiltInEngine(
      List<String> models,
      int eventsPerSecond,
      int maxConcurrent,
      Timekeeper time,
      SecureRandom random) {
    if (eventsPerSecond < 0) {
      throw new IllegalArgumentException(
          "eventsPerSecond is " + eventsPerSecond + ", must be 0 or more");
    }
    this.models = List.copyOf(models);
    this.eventsPerSecond = eventsPerSecond;
    this.time = time;
    this.random = random;
    this.slots = new Slots(maxConcurrent);
    Tokens.load();
  }

  @Override
  public byte[] answer(EngineRequest request) throws EngineException {
    Slots.Slot slot = admit(request);
    try {
      return PacedStream.bytes(
          switch (request.endpoint()) {
            case CHAT_COMPLETIONS -> text(TextForm.CHAT, request).whole();
            case COMPLETIONS -> text(TextForm.COMPLETION, request).whole();
            case EMBEDDINGS -> Embeddings.answer(request.body());
            case IMAGES -> Pictures.answer(request.body(), createdSeconds());
          });
    } finally {
      slot.close();
    }
  }

  @Override
  public EngineStream stream(EngineRequest request) throws EngineException {
    Slots.Slot slot = admit(request);
    PacedStream stream = null;
    try {
      TextAnswer answer =
          switch (request.endpoint()) {
            case CHAT_COMPLETIONS -> text(TextForm.CHAT, request);
            case COMPLETIONS -> text(TextForm.COMPLETION, request);
            case EMBEDDINGS, IMAGES ->
                throw EngineException.invalidRequest("only completions can be streamed");
          };
      stream = new PacedStream(answer, new Pace(time, eventsPerSecond), ended -> slot.close());
    } finally {
      if (stream == null) {
        slot.close();
      }
    }
    slot.onStop(stream::close);
    return stream;
  }

  @Override
  public List<String> models() {
    return models;
  }

  @Override
  public void close() {
    slots.close();
  }

  private Slots.Slot admit(EngineRequest request) throws EngineException {
    if (!models.contains(new Fields(request.body()).text("model"))) {
      throw EngineException.invalidRequest("model is none that this engine serves");
    }
    return slots.take();
  }

  private TextAnswer text(TextForm form, EngineRequest request) throws EngineException {
    TextJob job = TextJob.read(form, request);
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return new TextAnswer(job, form.idPrefix() + HexFormat.of().formatHex(id), createdSeconds());
  }

  private long createdSeconds() {
    return time.now().getEpochSecond();
  }
}
