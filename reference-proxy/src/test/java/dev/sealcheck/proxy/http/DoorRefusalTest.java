package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the proxy refuses on every path, and on those that forward nothing, docs/PROTOCOL.md section
 * 9: no account changes.
 */
@Timeout(60)
class DoorRefusalTest {

  private static final String LOCK = "/v1/nodes/lock";
  private static final String NODES = "/v1/nodes";
  private static final String MODELS = "/v1/models";
  private static final String HEALTH = "/health";
  private static final List<String> CONFIDENTIAL =
      Arrays.stream(ConfidentialPath.values()).map(ConfidentialPath::path).toList();

  private static final Refusal INVALID_BODY = new Refusal(400, "INVALID_BODY");
  private static final Refusal AUTH_ERROR = new Refusal(401, "AUTH_ERROR");
  private static final Refusal NOT_FOUND = new Refusal(404, "NOT_FOUND");
  private static final Refusal METHOD_NOT_ALLOWED = new Refusal(405, "METHOD_NOT_ALLOWED");
  private static final Refusal BODY_TOO_LARGE = new Refusal(413, "BODY_TOO_LARGE");
  private static final Refusal WRONG_TYPE = new Refusal(415, "UNSUPPORTED_MEDIA_TYPE");
  private static final Refusal NO_SERVICE = new Refusal(503, "SERVICE_UNAVAILABLE");

  private static ProxyFixture proxy;

  private record Row(
      String name, String method, String path, String type, String body, Refusal is) {
    @Override
    public String toString() {
      return method + " " + path + ": " + name + " is " + is;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    proxy = new ProxyFixture();
  }

  @AfterAll
  static void stop() {
    proxy.close();
  }

  static List<String> guarded() {
    List<String> paths = new ArrayList<>(CONFIDENTIAL);
    paths.add(LOCK);
    paths.add(MODELS);
    return paths;
  }

  static List<Row> wrongMethods() {
    List<Row> rows = new ArrayList<>();
    List<String> posts = new ArrayList<>(CONFIDENTIAL);
    posts.add(LOCK);
    posts.add(NODES);
    for (String path : posts) {
      for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS")) {
        rows.add(new Row("POST", method, path, "text/plain", "{", METHOD_NOT_ALLOWED));
      }
    }
    for (String path : List.of(MODELS, HEALTH)) {
      for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
        rows.add(new Row("GET, HEAD", method, path, "text/plain", "{", METHOD_NOT_ALLOWED));
      }
    }
    return rows;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongMethods")
  void saysWhichMethodAPathTakes(Row row) throws Exception {
    HttpResponse<byte[]> answer = send(row);
    assertThat(answer.headers().allValues("Allow")).containsExactly(row.name);
    if (row.method.equals("HEAD")) {
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.body()).isEmpty();
    } else {
      METHOD_NOT_ALLOWED.assertIs(answer);
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void givesEveryCallerWithoutATokenTheSameAnswer(String path) throws Exception {
    List<HttpRequest.Builder> requests = new ArrayList<>();
    for (String header :
        List.of(
            "Bearer sk-unknown",
            "Bearer ",
            "Bearer",
            "Basic " + ProxyFixture.TOKEN,
            ProxyFixture.TOKEN,
            "Bearer " + ProxyFixture.TOKEN + "x",
            "Bearer " + ProxyFixture.TOKEN.toUpperCase(Locale.ROOT))) {
      requests.add(request(path).header("Authorization", header));
    }
    requests.add(request(path));
    // What is wrong beside the token changes nothing: nobody looks that far.
    requests.add(request(path).method("DELETE", HttpRequest.BodyPublishers.noBody()));
    requests.add(request(path).POST(HttpRequest.BodyPublishers.ofString("{")));
    HttpResponse<byte[]> first = send(requests.get(0));
    for (HttpRequest.Builder request : requests) {
      HttpResponse<byte[]> answer = send(request);
      AUTH_ERROR.assertIs(answer);
      assertThat(answer.body()).isEqualTo(first.body());
      assertThat(answer.headers()).isEqualTo(first.headers());
    }
  }

  @Test
  void tellsTokensApartThatFollowEachOtherOnOneConnection() throws Exception {
    String upper = ProxyFixture.TOKEN.toUpperCase(Locale.ROOT);
    for (int i = 0; i < 3; i++) {
      AUTH_ERROR.assertIs(send(request(MODELS).header("Authorization", "Bearer " + upper)));
      assertThat(
              send(request(MODELS).header("Authorization", "Bearer " + ProxyFixture.TOKEN))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void limitsTheRateOfATokenOnEveryPath(String path) throws Exception {
    String token = "bearer " + proxy.hurriedGuest().token();
    for (int i = 0; i < 2; i++) {
      assertThat(send(request(path).header("Authorization", token)).statusCode()).isNotIn(401, 429);
    }
    HttpResponse<byte[]> answer = send(request(path).header("Authorization", token));
    new Refusal(429, "TOO_MANY_REQUESTS", OptionalInt.of(30)).assertIs(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/nodes/",
        "/v1/nodes/lock/",
        "/V1/models",
        "/health/",
        "/v1/confidential",
        "/v1/confidential/chat/completions/x",
        "/v1/chat/completions",
        "/v1/stop-streamer",
        "/metrics",
        "/control/pause"
      })
  void knowsNoOtherPath(String path) throws Exception {
    for (String method : List.of("GET", "POST", "PUT")) {
      NOT_FOUND.assertIs(send(new Row("unknown", method, path, "text/plain", "{", NOT_FOUND)));
      NOT_FOUND.assertIs(
          send(request(path).method(method, HttpRequest.BodyPublishers.ofString("{"))));
    }
  }

  static List<Row> bodies() {
    List<Row> rows = new ArrayList<>();
    String large = "x".repeat(ProxyFixture.MAX_BODY_BYTES + 1);
    String good = "{\"model\":\"" + ProxyFixture.CHAT + "\"}";
    for (String path : List.of(LOCK, NODES)) {
      rows.add(new Row("a text", "POST", path, "text/plain", good, WRONG_TYPE));
      rows.add(new Row("no type", "POST", path, null, good, WRONG_TYPE));
      rows.add(new Row("too much", "POST", path, "application/json", large, BODY_TOO_LARGE));
      for (String body : List.of("", "{", "[]", "{}", "null", "{\"model\":7}", "{\"data\":{}}")) {
        rows.add(new Row(body, "POST", path, "application/json", body, INVALID_BODY));
      }
    }
    String model = "{\"model\":\"" + ProxyFixture.CHAT + "\",";
    for (String field :
        List.of(
            "\"max_num_tokens\":0}",
            "\"max_num_tokens\":1000001}",
            "\"max_num_tokens\":\"7\"}",
            "\"max_num_tokens\":7.0}",
            "\"timeout\":0}",
            "\"timeout\":601}",
            "\"timeout\":true}",
            "\"model\":\"" + ProxyFixture.CHAT + "\"}")) {
      rows.add(new Row(field, "POST", LOCK, "application/json", model + field, INVALID_BODY));
    }
    for (String name : List.of("nobody/knows", ProxyFixture.UNSERVED)) {
      String body = "{\"model\":\"" + name + "\"}";
      rows.add(new Row(name, "POST", LOCK, "application/json", body, NO_SERVICE));
    }
    return rows;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void refusesABodyAndLocksNothing(Row row) throws Exception {
    ProxyFixture.Guest guest = proxy.guest();
    HttpRequest.Builder request = request(row).header("Authorization", "Bearer " + guest.token());
    row.is.assertIs(send(request));
    assertThat(proxy.stacks(guest.id())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {LOCK, NODES})
  void refusesALargeBodyInChunks(String path) throws Exception {
    byte[] large = new byte[ProxyFixture.MAX_BODY_BYTES + 1];
    BODY_TOO_LARGE.assertIs(
        send(
            proxy
                .request(path, Optional.of(ProxyFixture.TOKEN), large)
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large)))));
  }

  @Test
  void refusesALockThatTheBalanceDoesNotCover() throws Exception {
    byte[] lock = ("{\"model\":\"" + ProxyFixture.CHAT + "\"}").getBytes(UTF_8);
    new Refusal(402, "BALANCE_ERROR")
        .assertIs(proxy.post(LOCK, Optional.of(ProxyFixture.POOR_TOKEN), lock));
    assertThat(proxy.accounts.books().stacks()).noneMatch(stack -> stack.user().value() == 3);
  }

  @Test
  void refusesMoreLocksThanAUserMayHold() throws Exception {
    ProxyFixture.Guest guest = proxy.guest();
    String lock = "{\"model\":\"" + ProxyFixture.CHAT + "\",\"max_num_tokens\":1,\"timeout\":600}";
    for (int i = 0; i < ProxyFixture.MAX_LIVE_LOCKS; i++) {
      proxy.lock(guest.token(), lock);
    }
    new Refusal(429, "TOO_MANY_REQUESTS", OptionalInt.of(5))
        .assertIs(proxy.post(LOCK, Optional.of(guest.token()), lock.getBytes(UTF_8)));
    assertThat(proxy.stacks(guest.id()).get(0).liveLocks()).isEqualTo(ProxyFixture.MAX_LIVE_LOCKS);
  }

  @Test
  void refusesARegistrationByAnotherSignerOrFromWhereNobodyAnswers() throws Exception {
    AUTH_ERROR.assertIs(proxy.register(1, SigningKey.generateEd25519(new SecureRandom())));
    AUTH_ERROR.assertIs(proxy.register(2, proxy.node.key));
    AUTH_ERROR.assertIs(proxy.register(9, proxy.node.key));
    proxy.second.isHealthy(false);
    new Refusal(502, "NODE_UNAVAILABLE")
        .assertIs(proxy.register(2, proxy.second.key, proxy.second));
    proxy.third.close();
    new Refusal(502, "NODE_UNAVAILABLE").assertIs(proxy.register(3, proxy.third.key, proxy.third));
  }

  @Test
  void asksNobodyForATokenOnThePathsThatAreOpen() throws Exception {
    assertThat(send(request(HEALTH)).statusCode()).isEqualTo(200);
    assertThat(proxy.register(1, proxy.node.key).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<byte[]> send(Row row) throws Exception {
    return send(request(row).header("Authorization", "Bearer " + ProxyFixture.TOKEN));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return proxy.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A request with the method that the path takes, and nothing else. */
  private static HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(proxy.uri(path));
    return path.equals(MODELS) || path.equals(HEALTH)
        ? request.GET()
        : request.POST(HttpRequest.BodyPublishers.noBody());
  }

  private static HttpRequest.Builder request(Row row) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(proxy.uri(row.path))
            .method(
                row.method,
                row.method.equals("HEAD")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(row.body));
    return row.type == null ? request : request.header("Content-Type", row.type);
  }
}
