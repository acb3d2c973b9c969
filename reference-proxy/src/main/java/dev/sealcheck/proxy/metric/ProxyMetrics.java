package dev.sealcheck.proxy.metric;

import dev.sealcheck.protocol.listener.RequestMetrics;
import dev.sealcheck.protocol.server.RequestObserver;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.proxy.account.Accounts;
import dev.sealcheck.proxy.account.Books;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToLongFunction;

/** The counters of one proxy; safe for use by many threads. */
public final class ProxyMetrics {

  private static final String PREFIX = "sealcheck_proxy";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestObserver requests = new RequestMetrics(registry, PREFIX);
  private final Counter nodeErrors;

  /** Counters at zero, beside what {@code accounts} hold whenever somebody asks. */
  public ProxyMetrics(Accounts accounts) {
    nodeErrors =
        Counter.builder()
            .name(PREFIX + "_node_errors_total")
            .help("Requests that were forwarded and got no answer, by what the client was told.")
            .labelNames("code")
            .register(registry);
    gauge("_locks", "Locks that wait for a request.", accounts, ProxyMetrics::liveLocks);
    gauge("_requests_charging", "Locks that serve a request.", accounts, ProxyMetrics::open);
    gauge("_units_reserved", "Units of locks, used or not.", accounts, ProxyMetrics::reserved);
    gauge("_units_used", "Units that all requests were charged.", accounts, ProxyMetrics::used);
  }

  /** What to show. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Counts the requests of the public port. */
  public RequestObserver requests() {
    return requests;
  }

  /** Counts a forwarded request that ended with this refusal. */
  public void nodeRefused(ErrorCode code) {
    nodeErrors.labelValues(code.name()).inc();
  }

  /** Counts a forwarded request whose answer had to be cut. */
  public void nodeCut() {
    nodeErrors.labelValues(RequestObserver.CUT).inc();
  }

  private void gauge(String name, String help, Accounts accounts, ToLongFunction<Books> value) {
    GaugeWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(gauge -> gauge.call((double) value.applyAsLong(accounts.books())))
        .register(registry);
  }

  private static long liveLocks(Books books) {
    return books.stacks().stream().mapToLong(Books.StackEntry::liveLocks).sum();
  }

  private static long open(Books books) {
    return books.stacks().stream().mapToLong(Books.StackEntry::openReservations).sum();
  }

  private static long reserved(Books books) {
    return books.stacks().stream().mapToLong(Books.StackEntry::reservedUnits).sum();
  }

  private static long used(Books books) {
    return books.stacks().stream().mapToLong(Books.StackEntry::usedUnits).sum()
        + books.users().stream().mapToLong(Books.UserEntry::forgottenUsedUnits).sum();
  }
}
