package dev.sealcheck.node.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A generated answer in its two shapes, whole or as chunks; a use takes one of them. Source:
 * docs/PROTOCOL.md section 2.
 */
final class TextAnswer {

  private final TextJob job;
  private final String id;
  private final long createdSeconds;
  private final List<Choice> choices;
  private final int rounds;
  private int round;
  private int nextChoice;
  private boolean usageTold;

  TextAnswer(TextJob job, String id, long createdSeconds) {
    this.job = job;
    this.id = id;
    this.createdSeconds = createdSeconds;
    this.choices = job.generate();
    this.rounds = choices.stream().mapToInt(this::chunksOf).max().orElse(0);
  }

  /** The answer as one object. */
  ObjectNode whole() {
    ObjectNode answer = head(job.form().wholeObject());
    ArrayNode list = answer.putArray("choices");
    for (int index = 0; index < choices.size(); index++) {
      ObjectNode choice = TextForm.choice(index);
      job.form().putWhole(choice, choices.get(index).text());
      list.add(choice.put("finish_reason", choices.get(index).finishReason()));
    }
    answer.set("usage", usage());
    return answer;
  }

  /** The next chunk, one of each choice in turn; empty when all have been taken. */
  Optional<ObjectNode> nextChunk() {
    while (round < rounds) {
      if (nextChoice == choices.size()) {
        nextChoice = 0;
        round++;
        continue;
      }
      int index = nextChoice++;
      if (round < chunksOf(choices.get(index))) {
        ObjectNode chunk = head(job.form().chunkObject());
        chunk.putArray("choices").add(chunkChoice(index));
        return Optional.of(chunk);
      }
    }
    if (usageTold || !job.includeUsage()) {
      return Optional.empty();
    }
    usageTold = true;
    ObjectNode last = head(job.form().chunkObject());
    last.putArray("choices");
    last.set("usage", usage());
    return Optional.of(last);
  }

  private ObjectNode chunkChoice(int index) {
    ObjectNode json = TextForm.choice(index);
    Choice choice = choices.get(index);
    int piece = round - openingChunks();
    if (piece < 0) {
      job.form().putRole(json);
    } else if (piece < choice.pieces().size()) {
      job.form().putPiece(json, choice.pieces().get(piece));
    } else {
      job.form().putEnd(json);
      return json.put("finish_reason", choice.finishReason());
    }
    return json.putNull("finish_reason");
  }

  private int chunksOf(Choice choice) {
    return openingChunks() + choice.pieces().size() + 1;
  }

  private int openingChunks() {
    return job.form().opensWithRole() ? 1 : 0;
  }

  private ObjectNode head(String object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", object)
        .put("created", createdSeconds)
        .put("model", job.model());
  }

  private ObjectNode usage() {
    int completionTokens = choices.stream().mapToInt(Choice::tokens).sum();
    return new Usage(job.promptTokens(), completionTokens).json();
  }
}
