package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.server.AbortedException;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.PauseSwitch;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.Reservation;
import dev.sealcheck.proxy.account.StackId;
import dev.sealcheck.proxy.metric.ProxyMetrics;
import dev.sealcheck.proxy.registry.Absences;
import dev.sealcheck.proxy.registry.ModelEntry;
import dev.sealcheck.proxy.registry.RegisteredNode;
import dev.sealcheck.proxy.registry.Registry;
import dev.sealcheck.proxy.relay.Relay;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the four confidential paths of the proxy: envelope, lock, then the relay. */
final class ConfidentialEndpoint {

  private static final Logger log = LoggerFactory.getLogger(ConfidentialEndpoint.class);

  private final ConfidentialPath path;
  private final Registry registry;
  private final Accounts accounts;
  private final Relay relay;
  private final Absences absences;
  private final ServerLimits limits;
  private final PauseSwitch pause;
  private final ProxyMetrics metrics;

  ConfidentialEndpoint(
      ConfidentialPath path,
      Registry registry,
      Accounts accounts,
      Relay relay,
      Absences absences,
      ServerLimits limits,
      PauseSwitch pause,
      ProxyMetrics metrics) {
    this.path = path;
    this.registry = registry;
    this.accounts = accounts;
    this.relay = relay;
    this.absences = absences;
    this.limits = limits;
    this.pause = pause;
    this.metrics = metrics;
  }

  void answer(Context context)
      throws RefusedException, AbortedException, IOException, InterruptedException {
    byte[] json = Json.body(context, limits);
    pause.pass(context);
    Envelope envelope = parse(json);
    requireFittingModel(envelope);
    Reservation reservation =
        accounts
            .consume(
                BearerGate.user(context),
                new StackId(envelope.stackSmallId()),
                envelope.modelName(),
                envelope.units())
            .orElseThrow(() -> new RefusedException(ErrorCode.UNAVAILABLE_STACK));
    RegisteredNode node = registry.node(reservation.nodeSmallId()).orElse(null);
    if (node == null) {
      reservation.release();
      throw new RefusedException(ErrorCode.NODE_UNAVAILABLE);
    }
    forward(envelope, json, reservation, node, context);
  }

  private void forward(
      Envelope envelope, byte[] json, Reservation reservation, RegisteredNode node, Context context)
      throws RefusedException, AbortedException, IOException, InterruptedException {
    try {
      relay.forward(envelope, json, reservation, node, context);
    } catch (RefusedException e) {
      metrics.nodeRefused(e.code());
      absences.note(node, e);
      throw e;
    } catch (AbortedException e) {
      metrics.nodeCut();
      throw e;
    }
  }

  /** A model that nobody offers has no lock either, and is refused for that. */
  private void requireFittingModel(Envelope envelope) throws RefusedException {
    Optional<ModelEntry> model = registry.model(envelope.modelName());
    if (model.isPresent() && !model.get().serves(path)) {
      log.atDebug().addKeyValue("kind", model.get().kind()).log("model does not fit the path");
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
  }

  private Envelope parse(byte[] json) throws RefusedException {
    try {
      return Envelope.parse(path, json);
    } catch (MalformedMessageException e) {
      log.atDebug().addKeyValue("rule", e.getMessage()).log("envelope refused");
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
  }
}
