package dev.sealcheck.protocol.server;

/**
 * Is told of every request that a server takes, once when it begins and once when it is over; for
 * counting. It learns nothing that a caller chose: paths come from the server's table, outcomes
 * from a closed list. Called by many threads at once; must neither block nor throw.
 */
public interface RequestObserver {

  /** The path of a request that no route serves. */
  String NO_PATH = "other";

  /** The outcome of a request that was answered as it should be. */
  String OK = "OK";

  /** The outcome of a request whose answer began and was cut. */
  String CUT = "CUT";

  /** The outcome of a request whose caller left before its end. */
  String CALLER_LOST = "CALLER_LOST";

  /** An observer that counts nothing. */
  RequestObserver NONE =
      new RequestObserver() {
        @Override
        public void began() {}

        @Override
        public void ended(String path, String outcome, long nanos) {}
      };

  /** A request has arrived. */
  void began();

  /**
   * A request is over; follows {@link #began} exactly once.
   *
   * @param path the path of its route, or {@link #NO_PATH}
   * @param outcome {@link #OK}, {@link #CUT}, {@link #CALLER_LOST} or the name of an {@link
   *     dev.sealcheck.protocol.wire.ErrorCode}
   * @param nanos how long it took
   */
  void ended(String path, String outcome, long nanos);
}
