package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;

/**
 * One endpoint of a server.
 *
 * <p>A path may end in one parameter, as {@code /v1/things/{id}} does: that stands for one segment
 * that is not empty.
 *
 * @param method the one method that it takes; {@code GET} includes {@code HEAD}
 * @param path the exact path, or one that ends in a parameter
 * @param guarded whether a caller must pass the server's {@link Gate} first
 * @param action what it does
 */
public record Route(HandlerType method, String path, boolean guarded, Action action) {

  /** Answers one request that has passed path, gate and method. */
  @FunctionalInterface
  public interface Action {

    /**
     * Writes the answer.
     *
     * @throws RefusedException to answer with an error object instead
     * @throws AbortedException to cut the connection
     * @throws IOException if the caller can no longer be read or written
     */
    void answer(Context context)
        throws RefusedException, AbortedException, IOException, InterruptedException;
  }

  /** Decides who may use the guarded routes; asked before anything of the body is read. */
  @FunctionalInterface
  public interface Gate {

    /** Lets the caller pass, or refuses with one answer for every cause. */
    void admit(Context context) throws RefusedException;
  }

  /** A guarded {@code POST}. */
  public static Route guardedPost(String path, Action action) {
    return new Route(HandlerType.POST, path, true, action);
  }

  /** A guarded {@code GET}. */
  public static Route guardedGet(String path, Action action) {
    return new Route(HandlerType.GET, path, true, action);
  }

  /** A {@code POST} that anybody may call. */
  public static Route openPost(String path, Action action) {
    return new Route(HandlerType.POST, path, false, action);
  }

  /** A {@code PUT} that anybody may call. */
  public static Route openPut(String path, Action action) {
    return new Route(HandlerType.PUT, path, false, action);
  }

  /** A {@code GET} that anybody may call. */
  public static Route openGet(String path, Action action) {
    return new Route(HandlerType.GET, path, false, action);
  }

  /** Whether the path has a parameter at its end. */
  boolean hasParameter() {
    return path.endsWith("}");
  }

  /** Whether a path without a query is one of this route's. */
  boolean fits(String asked) {
    if (!hasParameter()) {
      return asked.equals(path);
    }
    String fixed = path.substring(0, path.indexOf('{'));
    return asked.startsWith(fixed)
        && asked.length() > fixed.length()
        && asked.indexOf('/', fixed.length()) < 0;
  }

  boolean takes(HandlerType asked) {
    return asked.equals(method)
        || (method.equals(HandlerType.GET) && asked.equals(HandlerType.HEAD));
  }

  String allow() {
    return method.equals(HandlerType.GET) ? "GET, HEAD" : method.toString();
  }
}
