package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.attestation.EvidencePut;
import dev.sealcheck.conformance.attestation.ProxyChallenge;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.target.DeploymentException;
import dev.sealcheck.conformance.target.EvidenceCalls;
import dev.sealcheck.conformance.target.SuiteDevices;
import dev.sealcheck.conformance.verdict.CheckFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of nodes at the proxy: asked for, put and read. Made by Cucumber for each scenario.
 */
public final class NodeEvidence {

  private static final int OK = 200;

  /** What holds of a node as its clients see it: compare two of them. */
  public record Standing(Optional<ServedEvidence> served, X25519PublicKey offered) {}

  private final World world;
  private final List<String> changes = new ArrayList<>();

  /** Nothing is asked for yet. */
  public NodeEvidence(World world) {
    this.world = world;
  }

  /** The calls at this check's proxy. */
  public EvidenceCalls calls() {
    return new EvidenceCalls(world.run().target().requireProxy());
  }

  /** The devices of the suite's nodes. */
  public SuiteDevices devices() {
    return world.run().servers().devices();
  }

  /** A fresh challenge of the scripted node. @throws CheckFailed if the proxy issues none */
  public ProxyChallenge challenge() {
    String expected = "a challenge: status 200 with node, nonce and counter";
    Exchange answer = world.client().send(calls().challenge(world.scriptedNode().smallId()));
    if (!answer.isAnswered() || answer.status() != OK) {
      throw new CheckFailed(expected, answer.outcome());
    }
    try {
      ProxyChallenge challenge = ProxyChallenge.parse(answer.body());
      if (challenge.nodeSmallId() != world.scriptedNode().smallId()) {
        throw new CheckFailed(expected, "a challenge of another node");
      }
      return challenge;
    } catch (MalformedAnswer malformed) {
      throw new CheckFailed(expected, malformed.field() + " " + malformed.rule());
    }
  }

  /** Good evidence for a key of the scripted node, made for a fresh challenge. */
  public EvidencePut good(X25519PublicKey key) {
    return devices().evidence(challenge(), key);
  }

  /** Puts evidence, signed by the scripted node. */
  public Exchange put(EvidencePut put) {
    return send(calls().put(put, world.scriptedNode().signer()));
  }

  /** Sends a call of {@link #calls()}. */
  public Exchange send(HttpCall call) {
    return world.client().send(call);
  }

  /** Has good evidence for the scripted node's key accepted. @throws CheckFailed if it is not */
  public EvidencePut prove() {
    EvidencePut good = good(world.scriptedNode().publicKey());
    Exchange answer = put(good);
    if (!answer.isAnswered() || answer.status() != OK) {
      throw new CheckFailed("good evidence accepted, status 200", answer.outcome());
    }
    return good;
  }

  /**
   * What the proxy serves of a node.
   *
   * @throws CheckFailed if that is no evidence of this node
   */
  public ServedEvidence served(long nodeSmallId) {
    String expected = "the evidence of a node: status 200 with node and evidence";
    Exchange answer = send(calls().served(Long.toString(nodeSmallId)));
    if (!answer.isAnswered() || answer.status() != OK) {
      throw new CheckFailed(expected, answer.outcome());
    }
    try {
      ServedEvidence served = ServedEvidence.parse(answer.body());
      if (served.nodeSmallId() != nodeSmallId) {
        throw new CheckFailed(expected, "the evidence of another node");
      }
      return served;
    } catch (MalformedAnswer malformed) {
      throw new CheckFailed(expected, malformed.field() + " " + malformed.rule());
    }
  }

  /** What the scripted node's clients see of it now. */
  public Standing standing() {
    return TestClient.rely(
        () ->
            new Standing(
                Optional.of(served(world.scriptedNode().smallId())), offered().publicKey()));
  }

  /** A lock on the check's model. */
  public LockGrant offered() {
    return TestClient.rely(() -> world.client().grant(world.client().askForLock(1)));
  }

  /** Notes a change of what the clients see, after {@code what}. */
  public void requireSame(Standing before, String what) {
    Standing now = standing();
    if (!now.served().equals(before.served())) {
      changes.add("another evidence served after " + what);
    }
    if (!now.offered().equals(before.offered())) {
      changes.add("another key offered after " + what);
    }
  }

  /** Does nothing where nothing changed. @throws CheckFailed if something did */
  public void requireUnchanged() {
    if (!changes.isEmpty()) {
      throw new CheckFailed("the evidence and the key that were there before", changes.get(0));
    }
  }

  /**
   * Runs what may leave the scripted node without proof, and puts that right, however it ends: the
   * check after this one needs its node.
   */
  public void puttingRight(Runnable attempts) {
    try {
      attempts.run();
    } finally {
      putRight();
    }
  }

  private void putRight() {
    try {
      devices()
          .introduce(
              world.scriptedNode(),
              world.run().target().requireProxy(),
              world.client().messenger(),
              world.client().deadline());
    } catch (DeploymentException refused) {
      // Whatever was seen before, the twin after it is going to miss its node.
      changes.add("no way back to the node's own key: " + refused.getMessage());
    }
  }
}
