package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.exchange.HttpCall;
import java.net.URI;

/**
 * The calls that carry evidence (docs/ATTESTATION.md section 6).
 *
 * @param proxy the proxy's base address
 */
public record EvidenceCalls(URI proxy) {

  /** The header that signs a put. */
  public static final String SIGNATURE_HEADER = "X-Signature";

  /** Asks for a challenge of a node. */
  public HttpCall challenge(long nodeSmallId) {
    return HttpCall.get(URI.create(proxy + "/v1/attestation_challenge/" + nodeSmallId));
  }

  /** Puts any body, unsigned. */
  public HttpCall put(Bytes json) {
    return HttpCall.post(URI.create(proxy + "/v1/update_node_attestation"), json).withMethod("PUT");
  }

  /** Puts evidence as its node should. */
  public HttpCall put(EvidencePut put, SigningPair signer) {
    return put(put.json()).withHeader(SIGNATURE_HEADER, put.signature(signer));
  }

  /**
   * Asks for the evidence of a node.
   *
   * @param id the node's small id, or anything else that fits into a path
   */
  public HttpCall served(String id) {
    return HttpCall.get(URI.create(proxy + "/v1/get_node_attestation/" + id));
  }
}
