package dev.sealcheck.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the proxy itself refuses on the four confidential paths, docs/PROTOCOL.md section 9: nothing
 * is forwarded, and the lock is kept.
 */
@Timeout(60)
class ConfidentialRefusalTest {

  private static final Refusal INVALID_BODY = new Refusal(400, "INVALID_BODY");
  private static final Refusal AUTH_ERROR = new Refusal(401, "AUTH_ERROR");
  private static final Refusal METHOD_NOT_ALLOWED = new Refusal(405, "METHOD_NOT_ALLOWED");
  private static final Refusal BODY_TOO_LARGE = new Refusal(413, "BODY_TOO_LARGE");
  private static final Refusal WRONG_TYPE = new Refusal(415, "UNSUPPORTED_MEDIA_TYPE");

  private static ProxyFixture proxy;

  /** Makes a request that something is wrong with. */
  private interface Fault {
    HttpRequest.Builder of(Visitor visitor) throws Exception;
  }

  /** Spoils an envelope. */
  private interface Spoiler {
    void spoil(ObjectNode envelope);
  }

  private record Row(Form form, String fault, Fault request, Refusal refusal) {
    @Override
    public String toString() {
      return form + ": " + fault + " is " + refusal;
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

  @BeforeEach
  void letTheNodeAnswer() {
    proxy.node.answersWell();
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Form form : Form.all()) {
      doors(form, rows);
      bodies(form, rows);
      fields(form, rows);
      locks(form, rows);
    }
    return rows;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void refusesAndKeepsTheLock(Row row) throws Exception {
    Visitor visitor = new Visitor(proxy, row.form);
    HttpResponse<byte[]> answer = visitor.send(row.request.of(visitor));
    row.refusal.assertIs(answer);
    assertThat(answer.headers().allValues("Allow"))
        .isEqualTo(row.refusal.equals(METHOD_NOT_ALLOWED) ? List.of("POST") : List.of());
    visitor.assertLockKept();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void refusesALockThatIsUsed(Form form) throws Exception {
    Visitor visitor = new Visitor(proxy, form);
    assertThat(visitor.send().statusCode()).isEqualTo(200);
    Visitor.NO_LOCK.assertIs(visitor.send());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void refusesALockThatIsExpired(Form form) throws Exception {
    Visitor visitor = new Visitor(proxy, form);
    proxy.time.putForward(Duration.ofMinutes(10));
    Visitor.NO_LOCK.assertIs(visitor.send());
    assertThat(proxy.stacks(visitor.guest.id()).get(0).usedUnits()).isZero();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void refusesATokenThatIsTooFastAndKeepsTheLock(Form form) throws Exception {
    Visitor visitor = new Visitor(proxy, form, proxy.hurriedGuest());
    Visitor.NO_LOCK.assertIs(visitor.send(visitor.request(form.envelope(visitor.stack + 1_000))));
    // Two a minute, so the next one may come half a minute later.
    new Refusal(429, "TOO_MANY_REQUESTS", OptionalInt.of(30)).assertIs(visitor.send());
    new Refusal(429, "TOO_MANY_REQUESTS", OptionalInt.of(30))
        .assertIs(visitor.send(visitor.request(new byte[0]).setHeader("Content-Type", "a/b")));
    proxy.time.putForward(Duration.ofMinutes(1));
    visitor.assertLockKept();
  }

  static List<Form> forms() {
    return Form.all();
  }

  private static void doors(Form form, List<Row> rows) {
    rows.add(
        new Row(
            form,
            "no token",
            visitor ->
                proxy.request(
                    form.path().path(),
                    Optional.empty(),
                    StrictJson.write(form.envelope(visitor.stack))),
            AUTH_ERROR));
    rows.add(
        new Row(
            form,
            "a slash behind the path",
            visitor -> visitor.request().uri(proxy.uri(form.path().path() + "/")),
            new Refusal(404, "NOT_FOUND")));
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      rows.add(
          new Row(
              form,
              method,
              visitor -> visitor.request().method(method, HttpRequest.BodyPublishers.noBody()),
              METHOD_NOT_ALLOWED));
    }
    for (String type :
        List.of("text/plain", "application/json; charset=latin1", "application/jsonp", "*/*")) {
      rows.add(
          new Row(
              form,
              type,
              visitor -> visitor.request().setHeader("Content-Type", type),
              WRONG_TYPE));
    }
    rows.add(
        new Row(
            form,
            "no media type",
            visitor ->
                HttpRequest.newBuilder(proxy.uri(form.path().path()))
                    .header("Authorization", "Bearer " + visitor.guest.token())
                    .POST(
                        HttpRequest.BodyPublishers.ofByteArray(
                            StrictJson.write(form.envelope(visitor.stack)))),
            WRONG_TYPE));
  }

  private static void bodies(Form form, List<Row> rows) {
    byte[] large = new byte[ProxyFixture.MAX_BODY_BYTES + 1];
    rows.add(new Row(form, "a large body", visitor -> visitor.request(large), BODY_TOO_LARGE));
    rows.add(
        new Row(
            form,
            "a large body in chunks",
            visitor ->
                visitor
                    .request()
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(large))),
            BODY_TOO_LARGE));
    for (String body : List.of("", "{", "[]", "null", "{}", "{} {}", "\ufeff{}", "{'a':1}")) {
      rows.add(
          new Row(
              form,
              "the body <" + body + ">",
              visitor -> visitor.request(body.getBytes(UTF_8)),
              INVALID_BODY));
    }
    rows.add(
        new Row(
            form,
            "a field given twice",
            visitor -> {
              String json = new String(StrictJson.write(form.envelope(visitor.stack)), UTF_8);
              String twice = "{\"stack_small_id\":" + visitor.stack + "," + json.substring(1);
              return visitor.request(twice.getBytes(UTF_8));
            },
            INVALID_BODY));
  }

  private static void fields(Form form, List<Row> rows) {
    for (String field :
        List.of(
            "ciphertext",
            "client_dh_public_key",
            "node_dh_public_key",
            "nonce",
            "salt",
            "plaintext_body_hash")) {
      spoiled(rows, form, "no " + field, envelope -> envelope.remove(field));
      spoiled(rows, form, field + " too short", envelope -> envelope.put(field, "AAAA"));
      spoiled(
          rows,
          form,
          field + " with a line end",
          envelope -> envelope.put(field, envelope.get(field).textValue() + "\n"));
      spoiled(rows, form, field + " a number", envelope -> envelope.put(field, 7));
    }
    spoiled(rows, form, "no stack", envelope -> envelope.remove("stack_small_id"));
    spoiled(rows, form, "stack 0", envelope -> envelope.put("stack_small_id", 0));
    spoiled(rows, form, "stack in quotes", envelope -> envelope.put("stack_small_id", "1"));
    spoiled(rows, form, "no model", envelope -> envelope.remove("model_name"));
    spoiled(rows, form, "a model null", envelope -> envelope.putNull("model_name"));
    spoiled(rows, form, "0 units", envelope -> envelope.put("num_compute_units", 0));
    spoiled(rows, form, "1.0 units", envelope -> envelope.put("num_compute_units", 1.0));
    spoiled(rows, form, "stream in quotes", envelope -> envelope.put("stream", "true"));
    if (form.path().streams()) {
      spoiled(rows, form, "no stream", envelope -> envelope.remove("stream"));
      spoiled(rows, form, "stream null", envelope -> envelope.putNull("stream"));
    } else {
      spoiled(rows, form, "stream true", envelope -> envelope.put("stream", true));
    }
    for (String model : form.otherModels()) {
      spoiled(rows, form, "the model " + model, envelope -> envelope.put("model_name", model));
    }
  }

  private static void spoiled(List<Row> rows, Form form, String fault, Spoiler spoiler) {
    rows.add(new Row(form, fault, visitor -> spoil(visitor, form, spoiler), INVALID_BODY));
  }

  private static void locks(Form form, List<Row> rows) {
    locked(rows, form, "an unknown stack", envelope -> envelope.put("stack_small_id", 1L << 50));
    locked(
        rows,
        form,
        "a lock that is too small",
        envelope -> envelope.put("num_compute_units", form.path().defaultUnits() + 1));
    locked(rows, form, "an unknown model", envelope -> envelope.put("model_name", "nobody/knows"));
    if (form.model().equals(ProxyFixture.CHAT)) {
      locked(
          rows,
          form,
          "another model of the kind",
          envelope -> envelope.put("model_name", ProxyFixture.UNSERVED));
    }
    rows.add(
        new Row(
            form,
            "somebody else's lock",
            visitor -> {
              ProxyFixture.Guest thief = proxy.guest();
              return visitor.request().setHeader("Authorization", "Bearer " + thief.token());
            },
            Visitor.NO_LOCK));
  }

  private static void locked(List<Row> rows, Form form, String fault, Spoiler spoiler) {
    rows.add(new Row(form, fault, visitor -> spoil(visitor, form, spoiler), Visitor.NO_LOCK));
  }

  private static HttpRequest.Builder spoil(Visitor visitor, Form form, Spoiler spoiler) {
    ObjectNode envelope = form.envelope(visitor.stack);
    spoiler.spoil(envelope);
    return visitor.request(envelope);
  }
}
