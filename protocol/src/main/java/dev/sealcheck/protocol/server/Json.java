package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** JSON bodies in and out; docs/PROTOCOL.md section 9 for what is refused. */
public final class Json {

  private Json() {}

  /** Writes one JSON answer. */
  public static void answer(Context context, int status, byte[] json) {
    context.status(status).contentType("application/json").result(json);
  }

  /**
   * The whole body of a JSON request, read against the clock of the server that serves it. One that
   * trickles, or stops coming, is refused as {@code INVALID_BODY} when its time is up, and its
   * connection is closed then; docs/PROTOCOL.md section 9 has no status of its own for it.
   *
   * @throws RefusedException if its media type is not JSON, it is over the cap, it is no valid
   *     HTTP, or it takes too long to arrive; the rest is then left unread
   * @throws IOException if the caller leaves before its end
   */
  public static byte[] body(Context context, ServerLimits limits)
      throws RefusedException, IOException {
    if (!isJson(context.header("Content-Type"))) {
      throw new RefusedException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
    if (context.req().getContentLengthLong() > limits.maxBodyBytes()) {
      throw closing(context, ErrorCode.BODY_TOO_LARGE);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (TimedBody input =
        new TimedBody(context.req(), WireServer.time(context), limits.bodyTime())) {
      while (input.next(body) >= 0) {
        if (body.size() > limits.maxBodyBytes()) {
          throw closing(context, ErrorCode.BODY_TOO_LARGE);
        }
      }
    } catch (TimeoutException | ProtocolException refused) {
      throw closing(context, ErrorCode.INVALID_BODY);
    }
    return body.toByteArray();
  }

  /** A refusal in the midst of a body, after which the connection can serve nothing more. */
  private static RefusedException closing(Context context, ErrorCode code) {
    context.header("Connection", "close");
    return new RefusedException(code);
  }

  /** {@code application/json}, with or without {@code charset=utf-8}. */
  private static boolean isJson(String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].trim().equals("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }
}
