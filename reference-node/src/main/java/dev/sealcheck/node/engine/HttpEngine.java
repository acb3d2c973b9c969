package dev.sealcheck.node.engine;

import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Any server that speaks the OpenAI interface over HTTP, such as vLLM, llama.cpp or Ollama. What it
 * writes is handed on byte for byte; what it says of errors stays here.
 */
public final class HttpEngine implements Engine {

  private final String base;
  private final List<String> models;
  private final Optional<EngineKey> key;
  private final EngineLimits limits;
  private final Timekeeper time;
  private final Slots slots;
  private final HttpClient client;

  /**
   * An engine that is not called before the first request.
   *
   * @param base where it answers, without {@code /v1}: the path of an endpoint is put behind it
   * @param models the names it answers to
   * @param key what it asks for as bearer token
   * @param time what the limits for first byte and silence are measured by; the limit for
   *     connecting is the HTTP client's own
   * @throws IllegalArgumentException if {@code base} is no plain HTTP address; the message does not
   *     repeat it, as it might hold a password
   */
  public HttpEngine(
      URI base,
      List<String> models,
      Optional<EngineKey> key,
      EngineLimits limits,
      Timekeeper time) {
    this.base = requirePlainHttp(base);
    this.models = List.copyOf(models);
    this.key = key;
    this.limits = limits;
    this.time = time;
    this.slots = new Slots(limits.maxConcurrent());
    // Prompts go to the engine that was named and nowhere else: no redirect, no system proxy.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limits.connect())
            .build();
  }

  @Override
  public byte[] answer(EngineRequest request) throws EngineException, InterruptedException {
    EngineCall call = call(request, "application/json");
    try {
      call.head();
      byte[] json = call.body().readNBytes(limits.maxAnswerBytes() + 1);
      if (json.length > limits.maxAnswerBytes()) {
        throw EngineException.failed(
            "the engine's answer is larger than " + limits.maxAnswerBytes() + " bytes");
      }
      return EngineJson.requireAnswer(json);
    } catch (IOException broken) {
      throw call.failure(broken);
    } finally {
      call.close();
    }
  }

  @Override
  public EngineStream stream(EngineRequest request) throws EngineException, InterruptedException {
    EngineCall call = call(request, "text/event-stream");
    EngineStream stream = null;
    try {
      if (!isEventStream(call.head())) {
        throw EngineException.failed("the engine answered with something that is no stream");
      }
      stream = new HttpEngineStream(call);
      return stream;
    } finally {
      if (stream == null) {
        call.close();
      }
    }
  }

  @Override
  public List<String> models() {
    return models;
  }

  @Override
  public void close() {
    slots.close();
  }

  /** How many answers and streams run now. */
  int running() {
    return slots.taken();
  }

  private EngineCall call(EngineRequest request, String accept) throws EngineException {
    HttpRequest http = post(request, accept);
    Slots.Slot slot = slots.take();
    EngineCall call = null;
    try {
      call = new EngineCall(client.sendAsync(http, head -> new EngineBody()), limits, time, slot);
    } finally {
      if (call == null) {
        slot.close();
      }
    }
    slot.onStop(call::close);
    return call;
  }

  private HttpRequest post(EngineRequest request, String accept) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(base + request.endpoint().enginePath()))
            .header("Content-Type", "application/json")
            .header("Accept", accept);
    key.ifPresent(secret -> http.header("Authorization", secret.authorization()));
    return http.POST(HttpRequest.BodyPublishers.ofByteArray(StrictJson.write(request.body())))
        .build();
  }

  private static boolean isEventStream(HttpResponse<?> head) {
    String type = head.headers().firstValue("Content-Type").orElse("");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("text/event-stream");
  }

  private static String requirePlainHttp(URI base) {
    boolean http = "http".equalsIgnoreCase(base.getScheme());
    boolean https = "https".equalsIgnoreCase(base.getScheme());
    if (!(http || https)
        || base.getHost() == null
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "an engine is named by http or https, host, port and path alone");
    }
    String text = base.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
