package dev.sealcheck.conformance.host;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.http.ConnectionClosedException;
import org.apache.http.Header;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestFactory;
import org.apache.http.HttpVersion;
import org.apache.http.RequestLine;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.DefaultBHttpServerConnection;
import org.apache.http.impl.entity.StrictContentLengthStrategy;
import org.apache.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;

/** Reads the requests of one connection, one after another, head and whole body. */
final class RequestReader {
  /** Far above any message of the protocol, which ends at 4 MiB (docs/PROTOCOL.md section 9). */
  static final int MAX_BODY_BYTES = 16 << 20;

  private static final int BUFFER_BYTES = 8 << 10;
  private static final int MAX_LINE_BYTES = 64 << 10;
  private static final int MAX_HEADERS = 200;

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final DefaultBHttpServerConnection connection;
  private final OutputStream out;

  RequestReader(Socket socket) throws IOException {
    connection =
        new DefaultBHttpServerConnection(
            BUFFER_BYTES,
            BUFFER_BYTES,
            null,
            null,
            MessageConstraints.custom()
                .setMaxLineLength(MAX_LINE_BYTES)
                .setMaxHeaderCount(MAX_HEADERS)
                .build(),
            // Without a length there is no body.
            new StrictContentLengthStrategy(0),
            null,
            new DefaultHttpRequestParserFactory(null, new AnyMethod()),
            null);
    connection.bind(socket);
    out = socket.getOutputStream();
  }

  /**
   * The next request; empty where the peer closed the connection instead.
   *
   * @throws Unreadable if what came is no HTTP/1.1 or too large
   * @throws IOException if the connection broke or was silent for too long
   */
  Optional<HostedRequest> next() throws Unreadable, IOException {
    try {
      BasicHttpEntityEnclosingRequest request =
          (BasicHttpEntityEnclosingRequest) connection.receiveRequestHeader();
      RequestLine line = request.getRequestLine();
      if (!line.getProtocolVersion().equals(HttpVersion.HTTP_1_1)) {
        throw new Unreadable(505);
      }
      List<HttpHeader> headers = headers(request);
      connection.receiveRequestEntity(request);
      if (request.expectContinue()) {
        out.write(CONTINUE);
      }
      Bytes body = whole(request.getEntity().getContent());
      return Optional.of(
          new HostedRequest(line.getMethod(), HostedRequest.pathOf(line.getUri()), headers, body));
    } catch (ConnectionClosedException end) {
      return Optional.empty();
    } catch (HttpException noHttp) {
      throw new Unreadable(400);
    }
  }

  private static List<HttpHeader> headers(HttpRequest request) throws Unreadable {
    List<HttpHeader> lines = new ArrayList<>();
    for (Header header : request.getAllHeaders()) {
      String value = Objects.toString(header.getValue(), "");
      // A bare carriage return or line feed is no line's end, and no part of a value either.
      if (header.getName().isEmpty() || value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
        throw new Unreadable(400);
      }
      lines.add(new HttpHeader(header.getName(), value));
    }
    return lines;
  }

  private static Bytes whole(InputStream body) throws Unreadable, IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] some = new byte[BUFFER_BYTES];
    for (int read = body.read(some); read >= 0; read = body.read(some)) {
      whole.write(some, 0, read);
      if (whole.size() > MAX_BODY_BYTES) {
        throw new Unreadable(413);
      }
    }
    return Bytes.owning(whole.toByteArray());
  }

  /** What came cannot be handed to a handler; the status says why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Unreadable(int status) {
      super("answered with " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** Lets every method have a body. */
  private static final class AnyMethod implements HttpRequestFactory {
    @Override
    public HttpRequest newHttpRequest(RequestLine line) {
      return new BasicHttpEntityEnclosingRequest(line);
    }

    @Override
    public HttpRequest newHttpRequest(String method, String uri) {
      return new BasicHttpEntityEnclosingRequest(method, uri);
    }
  }
}
