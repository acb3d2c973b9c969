package dev.sealcheck.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.node.enclave.Enclave;
import dev.sealcheck.node.enclave.OpenedRequest;
import dev.sealcheck.node.engine.Endpoint;
import dev.sealcheck.node.engine.Engine;
import dev.sealcheck.node.engine.EngineException;
import dev.sealcheck.node.engine.EngineRequest;
import dev.sealcheck.node.engine.EngineStream;
import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the four confidential paths of the node, from signature to sealed answer. */
final class ConfidentialEndpoint {

  private static final Logger log = LoggerFactory.getLogger(ConfidentialEndpoint.class);

  private final ConfidentialPath path;
  private final Enclave enclave;
  private final Engine engine;
  private final RequestRules rules;
  private final ProxySignatures signatures;
  private final ServerLimits limits;
  private final StreamRelay streams;
  private final PauseSwitch pause;

  ConfidentialEndpoint(
      ConfidentialPath path,
      Enclave enclave,
      Engine engine,
      ProxySignatures signatures,
      ServerLimits limits,
      StreamRelay streams,
      PauseSwitch pause) {
    this.path = path;
    this.enclave = enclave;
    this.engine = engine;
    this.rules = new RequestRules(engine.models());
    this.signatures = signatures;
    this.limits = limits;
    this.streams = streams;
    this.pause = pause;
  }

  void answer(Context context)
      throws RefusedException, AbortedException, IOException, InterruptedException {
    byte[] json = Json.body(context, limits);
    pause.pass(context);
    OpenedRequest request;
    EngineRequest engineRequest;
    Address proxy;
    boolean stream;
    try {
      Envelope envelope = Envelope.parse(path, json);
      proxy = signatures.require(context.header("X-Signature"), envelope.plaintextBodyHash());
      request = enclave.open(envelope);
      ObjectNode body = rules.check(envelope, request.plaintext());
      engineRequest = new EngineRequest(Endpoint.valueOf(path.name()), body);
      stream = envelope.stream();
    } catch (MalformedMessageException e) {
      log.atDebug().addKeyValue("rule", e.getMessage()).log("request refused");
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
    Optional<String> requestId = RunningStreams.id(context.header("X-Request-Id"));
    log.atInfo()
        .addKeyValue("path", path)
        .addKeyValue("stream", stream)
        .addKeyValue("envelope_bytes", json.length)
        .addKeyValue("request_id", requestId.orElse(""))
        .log("request opened");
    if (stream) {
      try (EngineStream chunks = start(engineRequest)) {
        streams.relay(chunks, request, requestId, proxy, context);
      }
    } else {
      Json.answer(context, 200, whole(engineRequest, request));
    }
  }

  private EngineStream start(EngineRequest request) throws RefusedException, InterruptedException {
    try {
      return engine.stream(request);
    } catch (EngineException e) {
      throw refusal(e);
    }
  }

  private byte[] whole(EngineRequest request, OpenedRequest opened)
      throws RefusedException, InterruptedException {
    try {
      EngineMessage answer = EngineMessage.answer(path, engine.answer(request));
      return opened.sealer().seal(answer.withSeal(0, true, opened.hash()), answer.usage()).toJson();
    } catch (EngineException e) {
      throw refusal(e);
    } catch (MalformedMessageException e) {
      log.atWarn().addKeyValue("rule", e.getMessage()).log("engine answer unusable");
      throw new RefusedException(ErrorCode.INTERNAL_ERROR);
    }
  }

  private static RefusedException refusal(EngineException e) {
    log.atInfo().addKeyValue("reason", e.reason()).log("engine refused");
    return switch (e.reason()) {
      case INVALID_REQUEST -> new RefusedException(ErrorCode.INVALID_BODY);
      case FULL ->
          new RefusedException(ErrorCode.TOO_MANY_REQUESTS, e.retryAfterSeconds().orElse(1));
      case FAILED -> new RefusedException(ErrorCode.INTERNAL_ERROR);
    };
  }
}
