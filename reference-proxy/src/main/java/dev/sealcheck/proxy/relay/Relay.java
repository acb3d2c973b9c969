package dev.sealcheck.proxy.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.Usage;
import dev.sealcheck.proxy.account.Reservation;
import dev.sealcheck.proxy.registry.RegisteredNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one request whose lock was consumed to its node, and what comes back to the client. */
public final class Relay {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  /** docs/PROTOCOL.md section 2: what a stop is signed over, before the request id. */
  private static final byte[] STOP_DOMAIN = "stop-streamer:".getBytes(UTF_8);

  private final NodeClient nodes;
  private final NodeLimits limits;
  private final Timekeeper time;
  private final SigningKey signingKey;
  private final StreamRelay streams;

  /** A relay that signs requests with {@code signingKey}, which signs nothing else. */
  public Relay(
      NodeClient nodes,
      NodeLimits limits,
      Timekeeper time,
      SigningKey signingKey,
      StreamRelay streams) {
    this.nodes = nodes;
    this.limits = limits;
    this.time = time;
    this.signingKey = signingKey;
    this.streams = streams;
  }

  /**
   * Forwards the envelope once, and settles the reservation whatever happens.
   *
   * @param json the envelope as the client sent it
   */
  public void forward(
      Envelope envelope, byte[] json, Reservation reservation, RegisteredNode node, Context context)
      throws RefusedException, AbortedException, IOException, InterruptedException {
    String requestId = UUID.randomUUID().toString();
    try {
      HttpResponse<InputStream> response =
          nodes.post(
              node.url().resolve(envelope.path().path()),
              headers(envelope, reservation, requestId),
              json);
      try (WatchedInput body = new WatchedInput(response.body(), time, limits.idle())) {
        if (response.statusCode() != 200) {
          throw refusal(response, body, reservation);
        }
        if (envelope.stream()) {
          Runnable stopNode =
              () -> nodes.stopStream(node.url(), requestId, stopSignature(requestId));
          streams.relay(body, reservation, node, stopNode, context);
        } else {
          Json.answer(context, 200, whole(envelope, body, reservation, node));
        }
      }
    } finally {
      // Does nothing where the outcome was settled before.
      reservation.release();
      log.atInfo()
          .addKeyValue("request_id", requestId)
          .addKeyValue("path", envelope.path())
          .addKeyValue("stream", envelope.stream())
          .addKeyValue("node", node.id())
          .addKeyValue("envelope_bytes", json.length)
          .log("request over");
    }
  }

  private Map<String, String> headers(
      Envelope envelope, Reservation reservation, String requestId) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Signature", signingKey.sign(envelope.plaintextBodyHash()).toText());
    headers.put("X-User-Id", Long.toString(reservation.user().value()));
    if (envelope.stream()) {
      headers.put("X-Request-Id", requestId);
    }
    return headers;
  }

  private String stopSignature(String requestId) {
    return signingKey.sign(Blake2b256.of(STOP_DOMAIN, requestId.getBytes(UTF_8))).toText();
  }

  private RefusedException refusal(
      HttpResponse<InputStream> response, WatchedInput body, Reservation reservation)
      throws RefusedException {
    byte[] error = read(body, limits.maxAnswerBytes());
    RefusedException refusal = NodeRefusals.of(response.statusCode(), error, response.headers());
    if (refusal.code() == ErrorCode.STALE_NODE_KEY) {
      reservation.giveBack();
    }
    log.atInfo()
        .addKeyValue("node_status", response.statusCode())
        .addKeyValue("code", refusal.code())
        .log("node refused");
    return refusal;
  }

  private byte[] whole(
      Envelope envelope, WatchedInput body, Reservation reservation, RegisteredNode node)
      throws RefusedException {
    byte[] json = read(body, limits.maxAnswerBytes() + 1);
    try {
      if (json.length > limits.maxAnswerBytes()) {
        throw new MalformedMessageException("answer", "must be at most the limit");
      }
      SealedMessage answer = AnswerCheck.verified(json, node.address());
      reservation.settle(charge(envelope, answer.usage()));
      return answer.toJson();
    } catch (MalformedMessageException e) {
      log.atWarn().addKeyValue("rule", e.getMessage()).log("node answer unusable");
      throw new RefusedException(ErrorCode.INTERNAL_ERROR);
    }
  }

  /**
   * At most {@code limit} bytes of an answer; where it breaks off or stalls, the node has failed.
   */
  private static byte[] read(WatchedInput body, int limit) throws RefusedException {
    try {
      return body.readNBytes(limit);
    } catch (IOException broken) {
      log.atWarn().addKeyValue("kind", broken.getClass().getSimpleName()).log("node answer broke");
      throw new RefusedException(ErrorCode.INTERNAL_ERROR);
    }
  }

  private static long charge(Envelope envelope, Optional<JsonNode> usage)
      throws MalformedMessageException {
    if (envelope.path() == ConfidentialPath.IMAGES) {
      return envelope.units();
    }
    if (usage.isEmpty()) {
      throw new MalformedMessageException("usage", "must be there");
    }
    return Usage.parse(usage.get()).totalTokens();
  }
}
