package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.conn.scheme.SchemeRegistry;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.AbstractHttpClient;
import org.apache.http.impl.conn.BasicClientConnectionManager;
import org.apache.http.message.BasicHeader;
import org.apache.http.params.BasicHttpParams;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.BasicHttpProcessor;
import org.apache.http.protocol.HttpContext;

/**
 * The HTTP client that REST Assured gets for one call. It makes the request exactly the call (REST
 * Assured adds an Accept and a Content-Type of its own and rewrites addresses), sends it once on
 * the {@link Wire}, and takes the answer under the cap; {@link #abort()} ends it from any thread.
 */
// REST Assured 6 casts what its factory returns to AbstractHttpClient, deprecated in HttpClient
// 4.3;
// the deprecated half is never used, every call goes to the Wire.
@SuppressWarnings("deprecation")
final class ExactHttpClient extends AbstractHttpClient {
  private static final int CHUNK_BYTES = 16 << 10;

  private final Wire wire;
  private final HttpCall call;
  private final Reception reception;
  private final SuiteClock clock;
  // What goes out as the body, null for none.
  private final UploadEntity upload;
  private HttpRequestBase current;
  private boolean aborted;
  private IOException failure;

  ExactHttpClient(
      Wire wire, HttpCall call, UploadEntity upload, Reception reception, SuiteClock clock) {
    super(null, null);
    this.upload = upload;
    this.wire = wire;
    this.call = call;
    this.reception = reception;
    this.clock = clock;
  }

  /** Cuts the connection of the call, at once or as soon as there is one. */
  void abort() {
    HttpRequestBase running;
    synchronized (this) {
      aborted = true;
      running = current;
    }
    if (running != null) {
      running.abort();
    }
  }

  /** What the network said when the call failed, null where it did not. */
  synchronized IOException failure() {
    return failure;
  }

  @Override
  public CloseableHttpResponse execute(HttpUriRequest request, HttpContext context)
      throws IOException {
    HttpRequestBase exact = (HttpRequestBase) request;
    makeExact(exact);
    synchronized (this) {
      if (current != null) {
        throw new IllegalStateException("a call is sent once");
      }
      current = exact;
      if (aborted) {
        exact.abort();
      }
    }
    try {
      CloseableHttpResponse response = wire.client().execute(exact);
      receive(response);
      return response;
    } catch (IOException broken) {
      synchronized (this) {
        failure = broken;
      }
      throw broken;
    }
  }

  private void makeExact(HttpRequestBase request) {
    request.setConfig(Wire.requestConfig());
    request.setURI(call.uri());
    request.setHeaders(
        call.wireHeaders().stream()
            .map(line -> new BasicHeader(line.name(), line.value()))
            .toArray(Header[]::new));
    if (upload != null) {
      ((HttpEntityEnclosingRequest) request).setEntity(upload);
    }
  }

  private void receive(CloseableHttpResponse response) throws IOException {
    try (response) {
      reception.head(response.getStatusLine().getStatusCode(), headers(response), clock.nanoTime());
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        drain(entity.getContent());
        response.setEntity(new ByteArrayEntity(reception.bodyBytes()));
      }
      // All is recorded; REST Assured would parse cookies and media types and complain of odd ones.
      response.setHeaders(new Header[0]);
    }
  }

  private void drain(InputStream body) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
      if (!reception.append(chunk, read)) {
        // Closing the body would read it to its end, which may never come.
        abort();
        return;
      }
    }
    body.close();
  }

  private static HttpHeaders headers(HttpResponse response) {
    return new HttpHeaders(
        Arrays.stream(response.getAllHeaders())
            .map(line -> new HttpHeader(line.getName(), Objects.toString(line.getValue(), "")))
            .toList());
  }

  @Override
  protected HttpParams createHttpParams() {
    return new BasicHttpParams();
  }

  @Override
  protected BasicHttpProcessor createHttpProcessor() {
    return new BasicHttpProcessor();
  }

  @Override
  protected ClientConnectionManager createClientConnectionManager() {
    return new BasicClientConnectionManager(new SchemeRegistry());
  }
}
