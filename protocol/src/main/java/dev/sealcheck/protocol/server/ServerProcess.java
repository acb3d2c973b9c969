package dev.sealcheck.protocol.server;

import java.util.Optional;
import java.util.OptionalLong;

/** The life of a server process: it ends on a signal, or with the process that started it. */
public final class ServerProcess {

  private ServerProcess() {}

  /**
   * Closes {@code server} when this process is told to end, and ends this process when the process
   * {@code parent} is gone.
   */
  public static void bind(OptionalLong parent, Runnable close) {
    Runtime.getRuntime().addShutdownHook(new Thread(close, "shutdown"));
    if (parent.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(parent.getAsLong());
    Thread watch =
        new Thread(
            () -> {
              handle.ifPresent(process -> process.onExit().join());
              System.exit(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
