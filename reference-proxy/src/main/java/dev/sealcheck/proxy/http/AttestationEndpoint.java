package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.NodeAttestation;
import dev.sealcheck.protocol.server.Json;
import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.server.ServerLimits;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.proxy.attestation.Attestations;
import io.javalin.http.Context;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How nodes prove their keys and clients see the proof; docs/ATTESTATION.md. Anybody may ask, since
 * what is written is signed by a configured node.
 */
final class AttestationEndpoint {

  private static final Logger log = LoggerFactory.getLogger(AttestationEndpoint.class);

  /** More digits than any id has, and too few to cost anything. */
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");

  private final Attestations attestations;
  private final ServerLimits limits;

  AttestationEndpoint(Attestations attestations, ServerLimits limits) {
    this.attestations = attestations;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.openGet("/v1/attestation_challenge/{id}", this::challenge),
        Route.openPut("/v1/update_node_attestation", this::update),
        Route.openGet("/v1/get_node_attestation/{id}", this::accepted));
  }

  private void challenge(Context context) throws RefusedException {
    Json.answer(context, 200, attestations.challenge(id(context)).toJson());
  }

  private void accepted(Context context) throws RefusedException {
    Json.answer(context, 200, attestations.accepted(id(context)).toJson());
  }

  private void update(Context context) throws RefusedException, IOException {
    AttestationUpdate update = parse(Json.body(context, limits));
    NodeAttestation accepted = attestations.put(update, signature(context));
    log.atInfo()
        .addKeyValue("node", update.nodeSmallId())
        .addKeyValue("public_key", update.publicKey().bytes().toBase64())
        .addKeyValue("key_rotation_counter", accepted.keyRotationCounter())
        .log("evidence accepted");
    Json.answer(context, 200, StrictJson.write(StrictJson.newObject().put("message", "Success")));
  }

  private static AttestationUpdate parse(byte[] json) throws RefusedException {
    try {
      return AttestationUpdate.parse(json);
    } catch (MalformedMessageException e) {
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
  }

  /** What cannot be read is part of a malformed message, unlike a signature that is not right. */
  private static SignatureEnvelope signature(Context context) throws RefusedException {
    String header = context.header(AttestationUpdate.SIGNATURE_HEADER);
    if (header == null) {
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
    try {
      return SignatureEnvelope.parse(header);
    } catch (MalformedMessageException e) {
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
  }

  /** An integer that is no node's id is as good as any other that is not. */
  private static long id(Context context) throws RefusedException {
    String text = context.pathParam("id");
    if (!INTEGER.matcher(text).matches()) {
      throw new RefusedException(ErrorCode.INVALID_BODY);
    }
    BigInteger id = new BigInteger(text);
    if (id.bitLength() >= Long.SIZE) {
      throw new RefusedException(ErrorCode.NOT_FOUND);
    }
    return id.longValue();
  }
}
