package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request to a {@link ScriptedEngine}, and the pen with which its script answers. */
public final class ScriptedCall {

  private static final long BLOCKED_MILLIS = 300;

  private final SocketChannel channel;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;
  private boolean complete;

  private ScriptedCall(
      SocketChannel channel, String path, Map<String, String> headers, byte[] body) {
    this.channel = channel;
    this.path = path;
    this.headers = headers;
    this.body = body;
  }

  /** The next request on a connection, or null where the peer sends no more. */
  static ScriptedCall read(SocketChannel channel) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer single = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (channel.read(single.clear()) < 0) {
        return null;
      }
      head.append((char) single.get(0));
    }
    String[] lines = head.toString().split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
      }
    }
    ByteBuffer body = ByteBuffer.allocate(Integer.parseInt(headers.get("content-length")));
    while (body.hasRemaining()) {
      if (channel.read(body) < 0) {
        throw new EOFException("the request body is cut");
      }
    }
    return new ScriptedCall(channel, lines[0].split(" ", -1)[1], headers, body.array());
  }

  /** The path that was asked for. */
  public String path() {
    return path;
  }

  /** The headers, their names in lower case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body as text. */
  public String body() {
    return new String(body, UTF_8);
  }

  /** Gives a whole JSON answer, with more header lines where there are any. */
  public void answer(int status, String json, String... headerLines) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    head.append("Content-Type: application/json\r\nContent-Length: ")
        .append(json.getBytes(UTF_8).length);
    raw(head + "\r\n\r\n" + json);
    complete = true;
  }

  /** Begins an event stream, in chunks. */
  public void beginStream() throws IOException {
    raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n");
    raw("Transfer-Encoding: chunked\r\n\r\n");
  }

  /** Sends text as one chunk of a body. */
  public void chunk(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    raw(Integer.toHexString(bytes.length) + "\r\n");
    write(ByteBuffer.wrap(bytes));
    raw("\r\n");
  }

  /** Sends one event. */
  public void event(String json) throws IOException {
    chunk("data: " + json + "\n\n");
  }

  /** Ends a chunked body cleanly. */
  public void end() throws IOException {
    raw("0\r\n\r\n");
    complete = true;
  }

  /** Sends a text in UTF-8 as it is. */
  public void raw(String text) throws IOException {
    write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  /** Breaks the connection with a reset. */
  public void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  /** Says nothing until the peer goes away, which ends the script. */
  public void stayUntilPeerLeaves() throws IOException {
    ByteBuffer single = ByteBuffer.allocate(1);
    if (channel.read(single) >= 0) {
      throw new AssertionError("the peer sent more than its request");
    }
    throw new EOFException("the peer is gone");
  }

  /**
   * Sends a text again and again, without chunks, until the peer has taken nothing for a while or
   * {@code limitBytes} are out; the bytes that it took.
   */
  public long rawUntilBlocked(String text, long limitBytes) throws IOException {
    channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
    ByteBuffer piece = ByteBuffer.wrap(text.getBytes(UTF_8));
    long sent = 0;
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      while (sent < limitBytes) {
        if (selector.select(BLOCKED_MILLIS) == 0) {
          break;
        }
        selector.selectedKeys().clear();
        sent += channel.write(piece.hasRemaining() ? piece : piece.rewind());
      }
    }
    channel.configureBlocking(true);
    return sent;
  }

  boolean complete() {
    return complete;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public String toString() {
    return "ScriptedCall[" + path + ", " + body.length + " bytes]";
  }
}
