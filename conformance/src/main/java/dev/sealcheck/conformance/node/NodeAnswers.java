package dev.sealcheck.conformance.node;

/** Behaviours that answer as a node should, but for one thing. */
public final class NodeAnswers {
  private NodeAnswers() {}

  /** The good answer to every call: whole or as a stream, as it is asked for. */
  public static NodeBehaviour good() {
    return call -> {
      OpenedRequest request = call.open();
      if (request.streamed()) {
        NodeStreams.playWhole(call.stream(request));
      } else {
        call.http().answerJson(200, call.answer(request, ReplyChange.NONE).json());
      }
    };
  }

  /**
   * A whole answer with this change; a call that asks for a stream is a mistake of the suite, see
   * {@link NodeStreams#withEvent}.
   */
  public static NodeBehaviour with(ReplyChange change) {
    return call -> {
      OpenedRequest request = call.open();
      if (request.streamed()) {
        throw new IllegalStateException("a whole answer to a call that asks for a stream");
      }
      call.http().answerJson(200, call.answer(request, change).json());
    };
  }
}
