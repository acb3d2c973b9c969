package dev.sealcheck.conformance.exchange;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.conn.ConnectTimeoutException;

/** Tells a connection that never was from one that broke. */
final class NetworkFailure {
  private NetworkFailure() {}

  static ExchangeFailure of(IOException network) {
    return new ExchangeFailure(
        isConnect(network) ? ExchangeFailure.Kind.CONNECT : ExchangeFailure.Kind.BROKEN,
        describe(network));
  }

  private static boolean isConnect(Throwable thrown) {
    return thrown instanceof ConnectException
        || thrown instanceof ConnectTimeoutException
        || thrown instanceof HttpConnectTimeoutException
        || thrown instanceof UnknownHostException
        || thrown instanceof UnresolvedAddressException
        || thrown instanceof NoRouteToHostException
        || thrown instanceof SSLHandshakeException
        || thrown instanceof SSLPeerUnverifiedException;
  }

  private static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
