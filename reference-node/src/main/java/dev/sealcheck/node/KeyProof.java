package dev.sealcheck.node;

import dev.sealcheck.node.attestation.EmulatedMachine;
import dev.sealcheck.protocol.attestation.AttestationChallenge;
import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Proves keys to the proxy: evidence made anew for a nonce that the proxy chose. */
final class KeyProof {

  /** How often a challenge may close before its evidence arrives. */
  private static final int TRIES = 3;

  private final ProxyCalls proxy;
  private final SigningKey signingKey;
  private final EmulatedMachine machine;

  KeyProof(ProxyCalls proxy, SigningKey signingKey, EmulatedMachine machine) {
    this.proxy = proxy;
    this.signingKey = signingKey;
    this.machine = machine;
  }

  /**
   * Returns once the proxy has accepted evidence for {@code key}; docs/ATTESTATION.md.
   *
   * @throws RefusedRegistration if the proxy refuses
   * @throws IOException if it cannot be reached within {@code patience}
   */
  void prove(long nodeSmallId, X25519PublicKey key, Duration patience)
      throws IOException, InterruptedException {
    for (int left = TRIES - 1; ; left--) {
      try {
        put(nodeSmallId, key, patience);
        return;
      } catch (RefusedRegistration refused) {
        if (refused.status() != ErrorCode.STALE_EVIDENCE.status() || left == 0) {
          throw refused;
        }
      }
    }
  }

  private void put(long nodeSmallId, X25519PublicKey key, Duration patience)
      throws IOException, InterruptedException {
    AttestationChallenge challenge = challenge(nodeSmallId, patience);
    AttestationUpdate update =
        new AttestationUpdate(
            nodeSmallId, machine.evidence(GpuNonce.of(challenge.nonce(), key)), key);
    HttpRequest request =
        proxy
            .request("/v1/update_node_attestation")
            .header("Content-Type", "application/json")
            .header(AttestationUpdate.SIGNATURE_HEADER, signingKey.sign(update.hash()).toText())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(update.toJson()))
            .build();
    proxy.send(request, patience);
  }

  private AttestationChallenge challenge(long nodeSmallId, Duration patience)
      throws IOException, InterruptedException {
    byte[] json =
        proxy.send(proxy.request("/v1/attestation_challenge/" + nodeSmallId).build(), patience);
    try {
      return AttestationChallenge.parse(json);
    } catch (MalformedMessageException e) {
      throw new IOException("the proxy's challenge cannot be read: " + e.getMessage(), e);
    }
  }
}
