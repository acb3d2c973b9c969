package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.verdict.NotRun;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The deployment under test.
 *
 * @param proxy the base address of the proxy: http or https, no query, no trailing slash
 * @param users the accounts to use, at least one
 * @param models the models to use
 * @param exchangeLimit how long one exchange may take before it is HUNG
 * @param scenarioLimit how long one check may take before it is HUNG
 * @param reference true where the suite started the reference itself and knows its settings
 */
public record Target(
    URI proxy,
    List<TestUser> users,
    Models models,
    Duration exchangeLimit,
    Duration scenarioLimit,
    boolean reference) {

  /**
   * A target with a usable address.
   *
   * @throws IllegalArgumentException if the address is not of the form described above, if there is
   *     no user, or if a limit is not positive
   */
  public Target {
    proxy = baseOf(proxy);
    users = List.copyOf(users);
    if (users.isEmpty()) {
      throw new IllegalArgumentException("a target needs at least one user");
    }
    if (exchangeLimit.isNegative()
        || exchangeLimit.isZero()
        || scenarioLimit.compareTo(exchangeLimit) < 0) {
      throw new IllegalArgumentException(
          "limits are positive and a check takes no less than an exchange, got "
              + exchangeLimit
              + " and "
              + scenarioLimit);
    }
  }

  /**
   * The address without trailing slashes.
   *
   * @throws IllegalArgumentException if it is not http or https with a host and at most a path
   */
  public static URI baseOf(URI proxy) {
    boolean http =
        "http".equalsIgnoreCase(proxy.getScheme()) || "https".equalsIgnoreCase(proxy.getScheme());
    if (!http
        || proxy.getHost() == null
        || proxy.getRawQuery() != null
        || proxy.getRawFragment() != null
        || proxy.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of a proxy is http:// or https://, a host, and at most a port and a path");
    }
    return URI.create(proxy.toString().replaceAll("/+$", ""));
  }

  /** The address of {@code path}, which starts with a slash, at the proxy. */
  public URI uri(String path) {
    return URI.create(proxy + path);
  }

  /**
   * The model to chat with.
   *
   * @throws NotRun if the target lists none and none was named
   */
  public String chatModel() {
    return models.chatModel();
  }
}
