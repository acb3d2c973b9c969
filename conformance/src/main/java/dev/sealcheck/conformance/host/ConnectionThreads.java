package dev.sealcheck.conformance.host;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/** Starts a thread per connection: a virtual one from Java 21 on, else a daemon. */
final class ConnectionThreads {
  // Looked up by name because the code is compiled for Java 17.
  private static final Optional<Method> VIRTUAL = startVirtualThread();

  private ConnectionThreads() {}

  /** Runs {@code work} on a new thread of that name. */
  static void start(String name, Runnable work) {
    Runnable named =
        () -> {
          Thread.currentThread().setName(name);
          work.run();
        };
    if (VIRTUAL.isPresent()) {
      startVirtual(VIRTUAL.get(), named);
    } else {
      Thread thread = new Thread(named, name);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void startVirtual(Method start, Runnable work) {
    try {
      Object unused = start.invoke(null, work);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException("a public method of Thread can be called", impossible);
    }
  }

  private static Optional<Method> startVirtualThread() {
    if (Runtime.version().feature() < 21) {
      return Optional.empty();
    }
    try {
      return Optional.of(Thread.class.getMethod("startVirtualThread", Runnable.class));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("Java 21 has virtual threads", impossible);
    }
  }
}
