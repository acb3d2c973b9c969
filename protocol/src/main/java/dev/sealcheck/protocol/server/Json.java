package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** JSON bodies in and out; docs/PROTOCOL.md section 9 for what is refused. */
public final class Json {

  private static final int CHUNK_SIZE_IN_BYTES = 16 * 1024;

  private Json() {}

  /** Writes one JSON answer. */
  public static void answer(Context context, int status, byte[] json) {
    context.status(status).contentType("application/json").result(json);
  }

  /**
   * The whole body of a JSON request.
   *
   * @throws RefusedException if its media type is not JSON, it is over the cap, or it takes too
   *     long to arrive; the rest is then left unread
   */
  public static byte[] body(Context context, ServerLimits limits)
      throws RefusedException, IOException {
    if (!isJson(context.header("Content-Type"))) {
      throw new RefusedException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
    if (context.req().getContentLengthLong() > limits.maxBodyBytes()) {
      throw tooLarge(context);
    }
    long end = System.nanoTime() + limits.bodyTime().toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_SIZE_IN_BYTES];
    InputStream input = context.req().getInputStream();
    for (int n = input.read(chunk); n >= 0; n = input.read(chunk)) {
      body.write(chunk, 0, n);
      if (body.size() > limits.maxBodyBytes()) {
        throw tooLarge(context);
      }
      if (System.nanoTime() - end > 0) {
        throw new RefusedException(ErrorCode.INVALID_BODY);
      }
    }
    return body.toByteArray();
  }

  /** The rest of the body is not read, so the connection can serve nothing more. */
  private static RefusedException tooLarge(Context context) {
    context.header("Connection", "close");
    return new RefusedException(ErrorCode.BODY_TOO_LARGE);
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
