package dev.sealcheck.node.http;

import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** The streams under way, so that the proxy that started one can end it. */
final class RunningStreams {

  private static final Pattern ID = Pattern.compile("[0-9a-zA-Z-]{1,64}");

  private final ConcurrentMap<String, Running> byId = new ConcurrentHashMap<>();

  /** A stream that can be stopped until it is removed. */
  static final class Running {
    private final RunningStreams home;
    private final Optional<String> id;
    private final Address proxy;
    private final Runnable stop;

    private Running(RunningStreams home, Optional<String> id, Address proxy, Runnable stop) {
      this.home = home;
      this.id = id;
      this.proxy = proxy;
      this.stop = stop;
    }

    void remove() {
      id.ifPresent(known -> home.byId.remove(known, this));
    }
  }

  /** The id that a request names, where it is one that a proxy would send. */
  static Optional<String> id(String header) {
    return Optional.ofNullable(header).filter(text -> ID.matcher(text).matches());
  }

  /** Notes a stream; one without an id, or under an id that runs already, cannot be stopped. */
  Running add(Optional<String> id, Address proxy, Runnable stop) {
    Running running = new Running(this, id, proxy, stop);
    id.ifPresent(known -> byId.putIfAbsent(known, running));
    return running;
  }

  /**
   * Ends a stream.
   *
   * @throws RefusedException {@code NOT_FOUND} if none runs under that id, {@code AUTH_ERROR} if
   *     another proxy started it
   */
  void stop(Optional<String> id, Address proxy) throws RefusedException {
    Running running = id.map(byId::get).orElse(null);
    if (running == null) {
      throw new RefusedException(ErrorCode.NOT_FOUND);
    }
    if (!running.proxy.equals(proxy)) {
      throw new RefusedException(ErrorCode.AUTH_ERROR);
    }
    running.stop.run();
  }

  /** How many run now. */
  int count() {
    return byId.size();
  }
}
