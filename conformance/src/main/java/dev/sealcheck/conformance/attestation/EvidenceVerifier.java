package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The door of this package: judges evidence and reports every claim, also after the first failure
 * (docs/ATTESTATION.md). Whatever the evidence holds, it answers; it throws for no input. Safe for
 * many threads.
 */
public final class EvidenceVerifier {
  /** The claim that the container opens within its cap. */
  public static final String INFLATED = "x-sealcheck-evidence-inflated";

  /** The claim that the devices make up a machine. */
  public static final String SET = "x-sealcheck-evidence-set";

  private final Optional<ChainMemory> chains;
  private final DeviceJudge judge;
  private final boolean emulated;

  /**
   * A verifier with its own memory of good chains.
   *
   * @param root the only root that is trusted; without one every chain is false
   * @param allowed what devices may run; without it, what it would judge stays unchecked
   */
  public EvidenceVerifier(Optional<TrustedRoot> root, Optional<AllowList> allowed) {
    this.chains = root.map(ChainMemory::new);
    this.judge = new DeviceJudge(chains, allowed);
    this.emulated = root.map(TrustedRoot::emulated).orElse(false);
  }

  /**
   * Judges the evidence of a machine.
   *
   * @param compressed the zlib stream
   * @param binding what every report must have been made for; without it every nonce is false
   * @param moment when the certificates must be valid
   */
  public Appraisal verify(Bytes compressed, Optional<KeyBinding> binding, Instant moment) {
    List<ReadDevice> devices;
    try {
      devices = EvidenceContainer.open(compressed).stream().map(ReadDevice::of).toList();
    } catch (MalformedAnswer unopened) {
      return new Appraisal(
          List.of(
              Claim.fails(INFLATED, unopened.getMessage()),
              Claim.fails(SET, "there is nothing to count")),
          List.of(),
          emulated);
    }
    Optional<String> problem = new DeviceSet(devices).problem();
    return new Appraisal(
        List.of(Claim.holds(INFLATED), Claim.of(SET, problem.isEmpty(), problem.orElse(""))),
        devices.stream().map(device -> judge.judge(device, binding, moment)).toList(),
        emulated);
  }

  /** How often a chain was looked at in full; the rest was remembered. */
  int chainValidations() {
    return chains.map(ChainMemory::validations).orElse(0);
  }
}
