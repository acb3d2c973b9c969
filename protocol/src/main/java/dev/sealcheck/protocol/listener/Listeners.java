package dev.sealcheck.protocol.listener;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What listens beside the public port of one server. */
public final class Listeners implements AutoCloseable {

  private final Optional<ControlListener> control;
  private final Optional<MetricsListener> metrics;

  Listeners(Optional<ControlListener> control, Optional<MetricsListener> metrics) {
    this.control = control;
    this.metrics = metrics;
  }

  /**
   * Adds to a ready file where they listen: {@code control} and {@code control_token_file}, {@code
   * metrics}; each only where it does.
   */
  public void describe(ObjectNode ready) {
    control.ifPresent(
        listener -> {
          ready.put("control", listener.url().toString());
          ready.put("control_token_file", listener.tokenFile().toString());
        });
    metrics.ifPresent(listener -> ready.put("metrics", listener.url().toString()));
  }

  @Override
  public void close() {
    control.ifPresent(ControlListener::close);
    metrics.ifPresent(MetricsListener::close);
  }
}
