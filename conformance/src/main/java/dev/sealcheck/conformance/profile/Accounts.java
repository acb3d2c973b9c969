package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tokens of users of a special kind, beside the ordinary ones.
 *
 * @param counting users whose whole balance buys a few stacks only, for checks that lock all there
 *     is; used for nothing else
 * @param poor a user whose balance buys no stack
 * @param limited a user with a rate limit of its own; used for nothing else
 */
public record Accounts(
    List<BearerToken> counting, Optional<BearerToken> poor, Optional<BearerToken> limited) {

  /** Copies the list. */
  public Accounts {
    counting = List.copyOf(counting);
  }

  /** No special users. */
  public static Accounts none() {
    return new Accounts(List.of(), Optional.empty(), Optional.empty());
  }

  /** The tokens of all of them. */
  public List<BearerToken> all() {
    return Stream.of(counting.stream(), poor.stream(), limited.stream())
        .flatMap(tokens -> tokens)
        .toList();
  }

  /**
   * The user without balance.
   *
   * @throws NotApplicable if none is known
   */
  public BearerToken requirePoor() {
    return poor.orElseThrow(
        () -> new NotApplicable("the token of a user without balance (profile: users.poor)"));
  }

  /**
   * The user with a rate limit.
   *
   * @throws NotApplicable if none is known
   */
  public BearerToken requireLimited() {
    return limited.orElseThrow(
        () -> new NotApplicable("the token of a user with a rate limit (profile: users.limited)"));
  }
}
