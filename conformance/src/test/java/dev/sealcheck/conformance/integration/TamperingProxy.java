package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.client.X25519Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A man in the middle in front of a sound deployment. He offers an X25519 key of his own in every
 * lock, opens what is sealed to it, seals it anew for the node, and signs the answers himself; so
 * he can give the deployment any one defect. Without a {@link Tamper} that changes something the
 * suite cannot tell him from the deployment.
 */
final class TamperingProxy implements AutoCloseable {

  static {
    // Answers are written in two parts, and the second would wait for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "tampering-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final Tamper tamper;
  private final X25519Pair sealing = X25519Pair.fresh();
  private final Upstream upstream;
  private final ChatRelay chat;

  /** Listens on a free loopback port from now on. */
  TamperingProxy(URI deployment, Tamper tamper) throws IOException {
    this.tamper = tamper;
    this.upstream = new Upstream(deployment);
    this.chat = new ChatRelay(upstream, tamper, SigningPair.generate(), sealing.publicKey());
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::serve);
    server.setExecutor(workers);
    server.start();
  }

  /** Where to find him. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    int maxBodyBytes = tamper.maxBodyBytes();
    Call call = Call.read(exchange, maxBodyBytes);
    tamper.before(call);
    if (call.body().length() > maxBodyBytes) {
      tamper.open(call, Reply.refusal(413, "BODY_TOO_LARGE")).write(exchange);
    } else if (call.isLock()) {
      lock(call).write(exchange);
    } else if (call.isChat()) {
      chat.serve(call, Intercepted.read(call.body(), sealing), exchange);
    } else {
      tamper.open(call, upstream.send(call)).write(exchange);
    }
  }

  private Reply lock(Call call) throws IOException {
    Reply reply = upstream.lock(call.withBody(asked(call.body())));
    if (!reply.isSuccess()) {
      return tamper.open(call, reply);
    }
    ObjectNode grant = StrictJson.parseObject(reply.body());
    grant.put("public_key", sealing.publicKey().base64());
    tamper.lockAnswer(grant);
    return Reply.json(grant);
  }

  private Bytes asked(Bytes body) {
    try {
      ObjectNode request = StrictJson.parseObject(body);
      tamper.lockRequest(request);
      return StrictJson.write(request);
    } catch (MalformedAnswer notUnderstood) {
      // The deployment's to refuse.
      return body;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    upstream.close();
  }
}
