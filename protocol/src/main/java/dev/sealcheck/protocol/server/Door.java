package dev.sealcheck.protocol.server;

import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.RefusedException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What every request passes first, in the order of docs/PROTOCOL.md section 9: path, CORS
 * preflight, gate, method.
 */
final class Door {

  private static final String PREFLIGHT_SECONDS = "600";

  private final Map<String, Route> routes;
  private final List<Route> withParameter;
  private final Route.Gate gate;
  private final boolean crossOrigin;

  /**
   * A door to these routes.
   *
   * @param crossOrigin whether pages of other origins may call; no credentials, since tokens travel
   *     in a header
   */
  Door(List<Route> routes, Route.Gate gate, boolean crossOrigin) {
    this.routes = routes.stream().collect(Collectors.toMap(Route::path, Function.identity()));
    this.withParameter = routes.stream().filter(Route::hasParameter).toList();
    this.gate = gate;
    this.crossOrigin = crossOrigin;
  }

  void admit(Context context) throws RefusedException {
    boolean fromPage = crossOrigin && context.header("Origin") != null;
    if (fromPage) {
      context.header("Access-Control-Allow-Origin", "*");
    }
    Route route = route(context.path());
    Observation.notePath(context, route);
    HandlerType asked = context.method();
    if (fromPage
        && asked.equals(HandlerType.OPTIONS)
        && context.header("Access-Control-Request-Method") != null) {
      answerPreflight(context);
      return;
    }
    if (route.guarded()) {
      gate.admit(context);
    }
    if (!route.takes(asked)) {
      context.header("Allow", route.allow());
      throw new RefusedException(ErrorCode.METHOD_NOT_ALLOWED);
    }
  }

  private Route route(String path) throws RefusedException {
    Route exact = routes.get(path);
    if (exact != null && !exact.hasParameter()) {
      return exact;
    }
    for (Route route : withParameter) {
      if (route.fits(path)) {
        return route;
      }
    }
    throw new RefusedException(ErrorCode.NOT_FOUND);
  }

  private static void answerPreflight(Context context) {
    context
        .status(204)
        .header("Access-Control-Allow-Methods", "GET, POST")
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        .header("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    // There is no body that it could be the type of.
    context.res().setContentType(null);
    context.skipRemainingHandlers();
  }
}
