package dev.sealcheck.proxy.account;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configured users; finds the one whom a bearer token belongs to. */
public final class Users {

  private final List<User> users;

  /**
   * Keeps a copy of {@code users}.
   *
   * @throws IllegalArgumentException if two users have the same id or the same token
   */
  public Users(Collection<User> users) {
    Set<UserId> ids = new HashSet<>();
    Set<TokenHash> hashes = new HashSet<>();
    for (User user : users) {
      if (!ids.add(user.id())) {
        throw new IllegalArgumentException("two users have the id " + user.id().value());
      }
      if (!hashes.add(user.tokenHash())) {
        throw new IllegalArgumentException(
            "user " + user.id().value() + " has the token of another user");
      }
    }
    this.users = List.copyOf(users);
  }

  /**
   * Returns the user of {@code token}, or nothing for an unknown one.
   *
   * <p>Every user's hash is compared, each in constant time, so the time tells neither which user
   * it was nor how close a guess came.
   */
  public Optional<UserId> authenticate(String token) {
    TokenHash hash = TokenHash.of(token);
    Optional<UserId> found = Optional.empty();
    for (User user : users) {
      if (user.tokenHash().equals(hash)) {
        found = Optional.of(user.id());
      }
    }
    return found;
  }
}
