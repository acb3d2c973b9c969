package dev.sealcheck.conformance.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;

/**
 * The connections under REST Assured: no retry, redirect, cookie, decoding or authentication of its
 * own, so that what the target sees and says is what is recorded. Proxies of the environment are
 * not used.
 */
final class Wire implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int MAX_CONNECTIONS = 512;

  /**
   * Idle connections older than this are not used again: many servers close theirs after 5 s, and a
   * request sent into that moment would look like a broken answer.
   */
  private static final int KEEP_ALIVE_MILLIS = 1_000;

  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;

  Wire() {
    connections =
        new PoolingHttpClientConnectionManager(
            RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", new LazyTls())
                .build());
    connections.setMaxTotal(MAX_CONNECTIONS);
    connections.setDefaultMaxPerRoute(MAX_CONNECTIONS);
    connections.setValidateAfterInactivity(1);
    client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(requestConfig())
            .setKeepAliveStrategy((response, context) -> KEEP_ALIVE_MILLIS)
            .setUserAgent(Messenger.USER_AGENT)
            .setRequestExecutor(new EarlyAnswers())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .build();
  }

  CloseableHttpClient client() {
    return client;
  }

  static RequestConfig requestConfig() {
    return RequestConfig.custom()
        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
        .setConnectionRequestTimeout(CONNECT_TIMEOUT_MILLIS)
        // The exchange's deadline cuts the connection; no limit between two packets beside it.
        .setSocketTimeout(0)
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setNormalizeUri(false)
        .build();
  }

  @Override
  public void close() {
    connections.close();
  }

  /**
   * Reads the answer also where the target closed its side before it had taken the whole body, as
   * it may for one that is too large; HttpClient alone would report the broken write only.
   */
  private static final class EarlyAnswers extends HttpRequestExecutor {
    @Override
    protected HttpResponse doSendRequest(
        HttpRequest request, HttpClientConnection connection, HttpContext context)
        throws IOException, HttpException {
      try {
        return super.doSendRequest(request, connection, context);
      } catch (SocketException closedWhileSending) {
        if (!connection.isOpen()) {
          throw closedWhileSending;
        }
        // Makes the caller go on to the answer; without one it fails with the same meaning.
        return null;
      }
    }
  }

  /** TLS by the JDK's default context, made when the first https call needs it. */
  private static final class LazyTls implements ConnectionSocketFactory {
    private SSLConnectionSocketFactory made;

    private synchronized SSLConnectionSocketFactory factory() throws IOException {
      if (made == null) {
        try {
          made = new SSLConnectionSocketFactory(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException noTls) {
          throw new IOException("this JDK has no default TLS context", noTls);
        }
      }
      return made;
    }

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
      return factory().createSocket(context);
    }

    @Override
    public Socket connectSocket(
        int connectTimeout,
        Socket socket,
        HttpHost host,
        InetSocketAddress remote,
        InetSocketAddress local,
        HttpContext context)
        throws IOException {
      return factory().connectSocket(connectTimeout, socket, host, remote, local, context);
    }
  }
}
