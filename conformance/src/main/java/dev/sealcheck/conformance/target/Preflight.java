package dev.sealcheck.conformance.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.ExchangeFailure;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.exchange.Transcript;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The question before a run: does anything answer at the address, and which models does it list.
 */
public final class Preflight {

  private static final String PATH = "/v1/models";
  private static final String HEALTH_PATH = "/health";

  private Preflight() {}

  /**
   * The models that the target lists, or none with the reason. Any HTTP answer counts as reachable.
   *
   * @throws UnreachableException if no head of an HTTP answer came before {@code deadline}
   */
  public static Models ask(Messenger messenger, URI proxy, BearerToken token, Deadline deadline)
      throws UnreachableException {
    HttpCall call = HttpCall.get(URI.create(proxy + PATH)).bearing(token);
    try (Transcript transcript = new Transcript()) {
      try {
        return read(proxy, messenger.recordingTo(transcript).send(call, deadline));
      } catch (Hung e) {
        boolean answered = transcript.exchanges().stream().anyMatch(x -> x.answer().isPresent());
        if (answered) {
          return none("did not end its answer in time");
        }
        throw new UnreachableException(proxy, "nothing came in time");
      }
    }
  }

  /**
   * Does nothing where a node answers; any HTTP answer counts.
   *
   * @throws UnreachableException if no head of an HTTP answer came before {@code deadline}
   */
  public static void reach(Messenger messenger, URI node, Deadline deadline)
      throws UnreachableException {
    try (Transcript transcript = new Transcript()) {
      try {
        Exchange exchange =
            messenger
                .recordingTo(transcript)
                .send(HttpCall.get(URI.create(node + HEALTH_PATH)), deadline);
        requireAnswer(node, exchange);
      } catch (Hung e) {
        if (transcript.exchanges().stream().noneMatch(x -> x.answer().isPresent())) {
          throw new UnreachableException(node, "nothing came in time");
        }
      }
    }
  }

  private static void requireAnswer(URI address, Exchange exchange) throws UnreachableException {
    if (exchange.answer().isEmpty()) {
      String reason = exchange.failure().map(ExchangeFailure::message).orElse("nothing came");
      throw new UnreachableException(address, reason);
    }
  }

  private static Models read(URI proxy, Exchange exchange) throws UnreachableException {
    requireAnswer(proxy, exchange);
    if (exchange.failure().isPresent()) {
      return none("broke off its answer");
    }
    if (exchange.status() == 401) {
      return Models.none(
          "the target refuses the token (GET "
              + PATH
              + " answered 401): is it the right one for this target?");
    }
    if (exchange.status() != 200) {
      return none("answered " + exchange.status());
    }
    List<String> names = names(exchange.body().toArray());
    return names.isEmpty() ? none("answered 200 without a model") : Models.of(names);
  }

  private static List<String> names(byte[] body) {
    List<String> names = new ArrayList<>();
    try {
      JsonNode list = new ObjectMapper().readTree(body);
      for (JsonNode model : list.path("data")) {
        if (model.path("id").isTextual() && !model.path("id").textValue().isBlank()) {
          names.add(model.path("id").textValue());
        }
      }
      return names;
    } catch (JsonProcessingException e) {
      // No JSON holds no model, and the reason given for that is the same.
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static Models none(String seen) {
    return Models.none(
        "the target lists no models (GET " + PATH + " " + seen + "); name one with --model");
  }
}
