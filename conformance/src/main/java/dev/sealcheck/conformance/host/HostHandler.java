package dev.sealcheck.conformance.host;

import java.io.IOException;

/** What a hosted server does with a call; it runs on the thread of the call's connection. */
@FunctionalInterface
public interface HostHandler {

  /**
   * Answers, streams or breaks {@code call} before it returns; a connection whose call is left open
   * is reset and counts as a failure of the suite.
   *
   * @throws IOException if the peer went away or its connection broke, which is no failure of the
   *     suite
   */
  void handle(HostedCall call) throws IOException;
}
