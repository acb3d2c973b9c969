package dev.sealcheck.proxy.relay;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to nodes, each at most once: the JDK's client repeats no {@code POST}, and this
 * class repeats nothing.
 */
public final class NodeClient {

  private static final Logger log = LoggerFactory.getLogger(NodeClient.class);

  private final HttpClient client;
  private final NodeLimits limits;

  /** A client that waits as long as {@code limits} say. */
  public NodeClient(NodeLimits limits) {
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .build();
  }

  /**
   * Posts JSON and returns once the head of the answer is there; the caller closes the body.
   *
   * @throws RefusedException {@code NODE_UNAVAILABLE} or {@code NODE_TIMEOUT}
   */
  HttpResponse<InputStream> post(URI url, Map<String, String> headers, byte[] json)
      throws RefusedException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(limits.firstByte())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    headers.forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException | ConnectException e) {
      throw new RefusedException(ErrorCode.NODE_UNAVAILABLE);
    } catch (HttpTimeoutException e) {
      throw new RefusedException(ErrorCode.NODE_TIMEOUT);
    } catch (IOException e) {
      throw new RefusedException(ErrorCode.NODE_UNAVAILABLE);
    }
  }

  /** Asks a node to end a stream; does not wait, and a node that does not answer is let go. */
  void stopStream(URI node, String requestId, String signature) {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/v1/stop-streamer"))
            .timeout(limits.connect())
            .header("X-Request-Id", requestId)
            .header("X-Signature", signature)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    var unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .whenComplete(
                (response, failure) ->
                    log.atDebug()
                        .addKeyValue("request_id", requestId)
                        .addKeyValue("outcome", failure == null ? response.statusCode() : "failed")
                        .log("stream stop asked for"));
  }

  /** Whether {@code GET /health} at that address answers 200. */
  public boolean isHealthy(URI node) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/health")).timeout(limits.connect()).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
