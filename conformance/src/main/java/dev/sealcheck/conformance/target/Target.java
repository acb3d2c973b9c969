package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The deployment under test.
 *
 * @param proxy the base address of the proxy: http or https, no query, no trailing slash; empty
 *     where only a node is tested
 * @param users the accounts to use, at least one where there is a proxy
 * @param models the models to use
 * @param profile what the user told about the target
 * @param budget what the run may cost
 * @param exchangeLimit how long one exchange may take before it is HUNG
 * @param scenarioLimit how long one check may take before it is HUNG
 * @param reference true where the suite started the reference itself and knows its settings
 */
public record Target(
    Optional<URI> proxy,
    List<TestUser> users,
    Models models,
    Profile profile,
    Budget budget,
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
    proxy = proxy.map(Target::baseOf);
    users = List.copyOf(users);
    if (users.isEmpty() && proxy.isPresent()) {
      throw new IllegalArgumentException("a proxy needs at least one user");
    }
    if (proxy.isEmpty() && profile.node().isEmpty()) {
      throw new IllegalArgumentException("a target is a proxy, a node, or both");
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

  /** A proxy of which nothing else is known, with no limit to what the run may cost. */
  public static Target of(
      URI proxy,
      List<TestUser> users,
      Models models,
      Duration exchangeLimit,
      Duration scenarioLimit,
      boolean reference) {
    return new Target(
        Optional.of(proxy),
        users,
        models,
        Profile.unknown(),
        Budget.none(),
        exchangeLimit,
        scenarioLimit,
        reference);
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

  /**
   * The address of {@code path}, which starts with a slash, at the proxy.
   *
   * @throws NotApplicable if no proxy is tested
   */
  public URI uri(String path) {
    return URI.create(requireProxy() + path);
  }

  /**
   * The proxy.
   *
   * @throws NotApplicable if none is tested
   */
  public URI requireProxy() {
    return proxy.orElseThrow(() -> new NotApplicable("a proxy (--proxy)"));
  }

  /** What reports call the target: the proxy's address, else the node's. */
  public URI address() {
    return proxy.or(() -> profile.node().map(NodeAccess::url)).orElseThrow();
  }

  /**
   * The model to chat with: the profile's, else the first that the target lists.
   *
   * @throws NotRun if the target lists none and none was named
   */
  public String chatModel() {
    return profile.offer().chat().orElseGet(models::chatModel);
  }
}
