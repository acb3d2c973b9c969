package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.attestation.Appraisal;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.target.EvidenceCalls;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.Optional;

/**
 * What a careful client does before it seals: it looks at the evidence of the node for the very key
 * that the lock offers. A key that holds once is not asked for again.
 */
final class AttestedKeys {

  private final TestRun run;

  AttestedKeys(TestRun run) {
    this.run = run;
  }

  /**
   * Returns where the key of that lock is attested, or the suite's own.
   *
   * @throws CheckFailed if it is not
   */
  void require(LockGrant lock, TestClient client) {
    String key = lock.nodeSmallId() + " " + lock.publicKey().base64();
    if (isTheSuites(lock) || run.observations().isAttested(key)) {
      return;
    }
    String expected = "evidence that holds for the key that the lock offers";
    EvidenceCalls calls = new EvidenceCalls(run.target().requireProxy());
    Exchange answer = client.send(calls.served(Long.toString(lock.nodeSmallId())));
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new CheckFailed(expected, answer.outcome());
    }
    Appraisal appraisal;
    try {
      appraisal = appraise(ServedEvidence.parse(answer.body()), lock);
    } catch (MalformedAnswer malformed) {
      throw new CheckFailed(expected, malformed.field() + " " + malformed.rule());
    }
    if (!appraisal.holds()) {
      throw new CheckFailed(
          expected, "these claims do not hold: " + String.join(", ", appraisal.falseClaims()));
    }
    run.observations().attested(key);
  }

  private Appraisal appraise(ServedEvidence served, LockGrant lock) {
    Optional<KeyBinding> binding =
        served.nonce().map(nonce -> new KeyBinding(nonce, lock.publicKey()));
    return run.target()
        .profile()
        .attestation()
        .verifier()
        .verify(served.compressedEvidence(), binding, run.clock().now())
        .with(served.signed());
  }

  private boolean isTheSuites(LockGrant lock) {
    return run.target().profile().scriptedNodes().stream()
        .anyMatch(place -> place.smallId() == lock.nodeSmallId());
  }
}
