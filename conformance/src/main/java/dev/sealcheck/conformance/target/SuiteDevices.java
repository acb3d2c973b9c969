package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ProxyChallenge;
import dev.sealcheck.conformance.attestation.emulated.CaseSetting;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.node.ScriptedNode;
import dev.sealcheck.conformance.time.SuiteClock;
import java.net.URI;
import java.util.Optional;

/**
 * The emulated devices by which the nodes that the suite plays prove their keys, under one root of
 * the suite's own. Safe for many threads.
 */
public final class SuiteDevices {

  private static final KeyBinding UNASKED =
      new KeyBinding(0, new X25519PublicKey(Bytes.owning(new byte[32])));

  private final Optional<Bytes> seed;
  private final SuiteClock clock;
  private CaseSetting setting;

  private SuiteDevices(Optional<Bytes> seed, SuiteClock clock) {
    this.seed = seed;
    this.clock = clock;
  }

  /** The devices of {@code seed}, else fresh ones; made when they are needed first. */
  public static SuiteDevices of(Optional<Bytes> seed, SuiteClock clock) {
    return new SuiteDevices(seed, clock);
  }

  /** The root to be told to a proxy under test, as PEM. */
  public Bytes rootPem() {
    return setting().rootPem();
  }

  /** The devices, asked for that nonce and key. */
  public CaseSetting asked(KeyBinding binding) {
    return setting().withBinding(binding);
  }

  /** Good evidence for a key of the node that was challenged. */
  public EvidencePut evidence(ProxyChallenge challenge, X25519PublicKey key) {
    KeyBinding binding = new KeyBinding(challenge.nonce(), key);
    return new EvidencePut(challenge.nodeSmallId(), asked(binding).goodEvidence(), key);
  }

  /**
   * Proves the key of a node and registers it; a proxy that asks for no evidence gets none.
   *
   * @throws DeploymentException if the proxy does not take one or the other
   */
  public void introduce(ScriptedNode node, URI proxy, Messenger messenger, Deadline deadline) {
    EvidenceCalls calls = new EvidenceCalls(proxy);
    Exchange challenge = messenger.send(calls.challenge(node.smallId()), deadline);
    if (challenge.isAnswered() && challenge.status() == 200) {
      try {
        EvidencePut put = evidence(ProxyChallenge.parse(challenge.body()), node.publicKey());
        require(node, "the evidence of", messenger.send(calls.put(put, node.signer()), deadline));
      } catch (MalformedAnswer malformed) {
        throw new DeploymentException(
            "the proxy's challenge cannot be read: " + malformed.getMessage(), malformed);
      }
    }
    HttpCall register = HttpCall.post(URI.create(proxy + "/v1/nodes"), node.registration());
    require(node, "the registration of", messenger.send(register, deadline));
  }

  private synchronized CaseSetting setting() {
    if (setting == null) {
      setting =
          seed.map(known -> CaseSetting.insecureSeeded(known, UNASKED))
              .orElseGet(() -> CaseSetting.fresh(clock.now(), UNASKED));
    }
    return setting;
  }

  private static void require(ScriptedNode node, String what, Exchange answer) {
    if (!answer.isAnswered() || answer.status() != 200) {
      throw new DeploymentException(
          "the proxy does not take "
              + what
              + " the scripted node "
              + node.smallId()
              + ": "
              + answer.outcome());
    }
  }
}
