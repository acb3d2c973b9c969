package dev.sealcheck.proxy.http;

import dev.sealcheck.protocol.server.Route;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.proxy.account.UserId;
import dev.sealcheck.proxy.account.Users;
import io.javalin.http.Context;
import java.util.Optional;

/** Admits the bearer of a known token; every other caller gets one and the same answer. */
final class BearerGate implements Route.Gate {

  private static final String SCHEME = "Bearer ";
  private static final String USER = "dev.sealcheck.user";

  private final Users users;
  private final RateLimits rates;

  BearerGate(Users users, RateLimits rates) {
    this.users = users;
    this.rates = rates;
  }

  @Override
  public void admit(Context context) throws RefusedException {
    String header = context.header("Authorization");
    boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    // An absent token takes the same way as an unknown one.
    Optional<UserId> user = users.authenticate(bearer ? header.substring(SCHEME.length()) : "");
    if (!bearer || user.isEmpty()) {
      throw new RefusedException(ErrorCode.AUTH_ERROR);
    }
    rates.count(user.get());
    context.attribute(USER, user.get());
  }

  /** The user who was admitted. */
  static UserId user(Context context) {
    UserId user = context.attribute(USER);
    if (user == null) {
      throw new IllegalStateException("the route is not guarded");
    }
    return user;
  }
}
