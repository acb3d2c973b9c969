package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineBehaviour;
import dev.sealcheck.conformance.engine.OddUsage;
import dev.sealcheck.conformance.engine.PacedStream;
import dev.sealcheck.conformance.engine.SegmentedStream;
import io.cucumber.java.ParameterType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The phrases of features about streams and engines. */
public final class StreamParameterTypes {

  /** Made by Cucumber for each scenario. */
  public StreamParameterTypes() {}

  /** Where a client stands. */
  @ParameterType("proxy|node")
  public Place place(String words) {
    return words.equals("node") ? Place.NODE : Place.PROXY;
  }

  /** How an engine cuts its events into writes. */
  @ParameterType(
      "two events|all events at once|every byte by itself|a comment together with each event")
  public Function<List<String>, EngineBehaviour> segmentation(String words) {
    return switch (words) {
      case "two events" -> SegmentedStream::inPairs;
      case "all events at once" -> SegmentedStream::atOnce;
      case "every byte by itself" -> SegmentedStream::byteByByte;
      case "a comment together with each event" -> SegmentedStream::commentGlued;
      default -> throw new IllegalArgumentException("nothing is written " + words);
    };
  }

  /** What an engine does in the middle of a stream that is to fail. */
  @ParameterType(
      "resets the connection|closes the connection|sends a torso of JSON|reports an error|ends"
          + " without a finish")
  public Consumer<PacedStream> breakage(String words) {
    return switch (words) {
      case "resets the connection" -> PacedStream::abort;
      case "closes the connection" -> PacedStream::closeUnfinished;
      case "sends a torso of JSON" -> stream -> goOn(stream, "data: {\"id\":\"x\",\"choi\n\n");
      case "reports an error" ->
          stream -> goOn(stream, "data: {\"error\":{\"message\":\"no\",\"code\":500}}\n\n");
      case "ends without a finish" -> PacedStream::end;
      default -> throw new IllegalArgumentException("no stream " + words);
    };
  }

  /** After the bad event come good ones, as of an engine that did not notice. */
  private static void goOn(PacedStream stream, String bad) {
    stream.pushRaw(Bytes.utf8(bad)).pushText("behind ").pushFinish().pushUsage().end();
  }

  /** How an engine fails before the head of any answer can be sent; the marker is in its words. */
  @ParameterType(
      "answers with status 500|answers with status 502|closes the connection without an"
          + " answer|resets the connection without an answer")
  public Function<String, EngineBehaviour> refusalOfEngine(String words) {
    return switch (words) {
      case "answers with status 500" -> Behaviours::serverError;
      case "answers with status 502" ->
          marker -> Behaviours.status(502, Bytes.utf8("<h1>" + marker + "</h1>"));
      case "closes the connection without an answer" -> marker -> Behaviours.closedBeforeHead();
      case "resets the connection without an answer" -> marker -> Behaviours.resetBeforeHead();
      default -> throw new IllegalArgumentException("no engine " + words);
    };
  }

  /** How an engine fails with a whole answer; the marker is in its words. */
  @ParameterType(
      "breaks off in the middle|is a torso of JSON|is no JSON|is an error object|has no usage")
  public Function<String, EngineBehaviour> badAnswer(String words) {
    return switch (words) {
      case "breaks off in the middle" -> marker -> Behaviours.closedInBody();
      case "is a torso of JSON" -> marker -> Behaviours.brokenJson();
      case "is no JSON" -> marker -> Behaviours.exactJson(Bytes.utf8("<h1>" + marker + "</h1>"));
      case "is an error object" ->
          marker ->
              Behaviours.exactJson(
                  Bytes.utf8("{\"error\":{\"message\":\"" + marker + "\",\"code\":500}}"));
      case "has no usage" -> marker -> Behaviours.withUsage(OddUsage.ABSENT);
      default -> throw new IllegalArgumentException("no answer " + words);
    };
  }
}
