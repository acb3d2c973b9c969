package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.LockAnswer;
import dev.sealcheck.protocol.wire.LockRequest;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.LockOrder;
import dev.sealcheck.proxy.account.LockOutcome;
import dev.sealcheck.proxy.account.NodeOffer;
import dev.sealcheck.proxy.registry.Absences;
import dev.sealcheck.proxy.registry.ModelEntry;
import dev.sealcheck.proxy.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/nodes/lock}, docs/PROTOCOL.md sections 2 and 8. */
final class LockEndpoint {

  private static final int RETRY_AFTER_SECONDS = 5;

  private final Registry registry;
  private final Absences absences;
  private final Accounts accounts;
  private final ServerLimits limits;

  LockEndpoint(Registry registry, Absences absences, Accounts accounts, ServerLimits limits) {
    this.registry = registry;
    this.absences = absences;
    this.accounts = accounts;
    this.limits = limits;
  }

  void answer(Context context) throws RefusedException, IOException {
    LockRequest request = parse(Json.body(context, limits));
    ModelEntry model =
        registry
            .model(request.model())
            .orElseThrow(() -> new RefusedException(ErrorCode.SERVICE_UNAVAILABLE));
    List<NodeOffer> offers =
        absences.present(registry.serving(model.name())).stream()
            .map(node -> new NodeOffer(node.id(), node.price()))
            .toList();
    LockOrder order =
        new LockOrder(
            model.name(),
            model.kind() == ModelEntry.Kind.IMAGE,
            request.maxNumTokens().orElse(model.defaultUnits()),
            request.timeout(),
            offers);
    LockOutcome outcome = accounts.lock(BearerGate.user(context), order);
    if (outcome instanceof LockOutcome.Locked locked) {
      Json.answer(context, 200, answer(locked).toJson());
      return;
    }
    throw refusal(outcome);
  }

  private LockAnswer answer(LockOutcome.Locked locked) throws RefusedException {
    return new LockAnswer(
        registry
            .offeredKey(locked.nodeSmallId())
            .orElseThrow(() -> new RefusedException(ErrorCode.SERVICE_UNAVAILABLE)),
        locked.nodeSmallId(),
        locked.stack().value(),
        Optional.ofNullable(locked.stackEntryDigest()));
  }

  private static RefusedException refusal(LockOutcome outcome) {
    if (outcome instanceof LockOutcome.MoreThanAStack) {
      return new RefusedException(ErrorCode.INVALID_BODY);
    }
    if (outcome instanceof LockOutcome.BalanceTooLow) {
      return new RefusedException(ErrorCode.BALANCE_ERROR);
    }
    if (outcome instanceof LockOutcome.TooManyLocks) {
      return new RefusedException(ErrorCode.TOO_MANY_REQUESTS, RETRY_AFTER_SECONDS);
    }
    return new RefusedException(ErrorCode.SERVICE_UNAVAILABLE);
  }

  private static LockRequest parse(byte[] json) throws RefusedException {
    try {
      return LockRequest.parse(json);
    } catch (MalformedMessageException e) {
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
  }
}
