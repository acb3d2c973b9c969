package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.engine.OddUsage;
import dev.sealcheck.conformance.engine.StreamBehaviours;
import dev.sealcheck.conformance.node.BrokenNode;
import dev.sealcheck.conformance.node.NodeAnswers;
import dev.sealcheck.conformance.node.NodeBehaviour;
import dev.sealcheck.conformance.node.NodeCode;
import dev.sealcheck.conformance.node.NodeErrors;
import dev.sealcheck.conformance.node.NodeStreams;
import dev.sealcheck.conformance.node.ReplyFault;
import io.cucumber.java.ParameterType;

/** The phrases of features about locks and units. */
public final class UnitParameterTypes {

  private static final String MARKER = "of no concern to a client";

  /** Made by Cucumber for each scenario. */
  public UnitParameterTypes() {}

  /** A number of a lock request. */
  @ParameterType("units|time")
  public LockField lockField(String words) {
    return LockField.of(words);
  }

  /** What a client does wrong and only the node finds. */
  @ParameterType(
      "that cannot be opened|with another body's hash|whose body has no model|whose body names another"
          + " model|that names another node key")
  public ClientFault clientFault(String words) {
    return ClientFault.of(words);
  }

  /** A way in which the engine fails, its usage included. */
  @ParameterType(
      "answers with an error|is full|closes the connection|breaks off its answer|answers broken"
          + " JSON|resets its stream|reports no usage|reports null usage|reports empty usage|reports"
          + " a text as usage|reports negative usage|reports fractional usage|reports textual"
          + " usage|reports absurd usage")
  public EngineBehaviour engineFailure(String words) {
    return switch (words) {
      case "answers with an error" -> Behaviours.serverError(MARKER);
      case "is full" -> Behaviours.tooManyRequests(1);
      case "closes the connection" -> Behaviours.closedBeforeHead();
      case "breaks off its answer" -> Behaviours.closedInBody();
      case "answers broken JSON" -> Behaviours.brokenJson();
      case "resets its stream" -> StreamBehaviours.resetAfter(2);
      case "reports no usage" -> Behaviours.withUsage(OddUsage.ABSENT);
      case "reports null usage" -> Behaviours.withUsage(OddUsage.NULL);
      case "reports empty usage" -> Behaviours.withUsage(OddUsage.EMPTY);
      case "reports a text as usage" -> Behaviours.withUsage(OddUsage.NO_OBJECT);
      case "reports negative usage" -> Behaviours.withUsage(OddUsage.NEGATIVE);
      case "reports fractional usage" -> Behaviours.withUsage(OddUsage.FRACTIONAL);
      case "reports textual usage" -> Behaviours.withUsage(OddUsage.TEXTUAL);
      case "reports absurd usage" -> Behaviours.withUsage(OddUsage.ABSURD);
      default -> throw new IllegalArgumentException("no failure of an engine is called " + words);
    };
  }

  /** A way in which a node fails with a request whose lock is consumed. */
  @ParameterType(
      "says that the body is invalid|says that it cannot be opened|says that it is a replay|says"
          + " that the stack is being settled|says that the stack is not available|says that its"
          + " engine is full|says that the proxy is unknown|says that it failed|says that it serves"
          + " no such model|closes without an answer|resets without an answer|breaks off its"
          + " answer|signs with another key|answers without usage|answers with negative usage|resets"
          + " its stream|ends its stream without usage|signs its last event with another key")
  public NodeBehaviour nodeFailure(String words) {
    return switch (words) {
      case "says that the body is invalid" -> NodeErrors.refusing(NodeCode.INVALID_BODY, MARKER);
      case "says that it cannot be opened" -> NodeErrors.refusing(NodeCode.UNDECRYPTABLE, MARKER);
      case "says that it is a replay" -> NodeErrors.refusing(NodeCode.REPLAYED_REQUEST, MARKER);
      case "says that the stack is being settled" -> NodeErrors.refusing(NodeCode.LOCKED, MARKER);
      case "says that the stack is not available" ->
          NodeErrors.refusing(NodeCode.UNAVAILABLE_STACK, MARKER);
      case "says that its engine is full" -> NodeErrors.full(1, MARKER);
      case "says that the proxy is unknown" -> NodeErrors.refusing(NodeCode.AUTH_ERROR, MARKER);
      case "says that it failed" -> NodeErrors.refusing(NodeCode.INTERNAL_ERROR, MARKER);
      case "says that it serves no such model" ->
          NodeErrors.refusing(NodeCode.SERVICE_UNAVAILABLE, MARKER);
      case "closes without an answer" -> BrokenNode.closing();
      case "resets without an answer" -> BrokenNode.resetting();
      case "breaks off its answer" -> BrokenNode.cutting();
      case "signs with another key" -> NodeAnswers.with(ReplyFault.FOREIGN_SIGNER);
      case "answers without usage" -> NodeAnswers.with(ReplyFault.USAGE_ABSENT);
      case "answers with negative usage" -> NodeAnswers.with(ReplyFault.USAGE_NEGATIVE);
      case "resets its stream" -> NodeStreams.resetAfter(2);
      case "ends its stream without usage" -> NodeStreams.withoutUsage();
      case "signs its last event with another key" ->
          NodeStreams.withLastEvent(ReplyFault.FOREIGN_SIGNER);
      default -> throw new IllegalArgumentException("no failure of a node is called " + words);
    };
  }
}
