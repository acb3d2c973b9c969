package dev.sealcheck.conformance.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.HttpHeader;
import dev.sealcheck.conformance.exchange.HttpHeaders;
import dev.sealcheck.conformance.host.HostedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One confidential call that reached the node: what the proxy sent, and the ways to answer it. */
public final class NodeCall {
  /** Longer than any scenario; only a forgotten call lives that long. */
  static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  private static final String REQUEST_ID = "X-Request-Id";

  private final HostedCall http;
  private final Endpoint endpoint;
  private final NodeSelf self;
  private final List<Runnable> cuts = new ArrayList<>();
  private boolean withdrawn;
  private NodeStream stream;

  NodeCall(HostedCall http, Endpoint endpoint, NodeSelf self) {
    this.http = http;
    this.endpoint = endpoint;
    this.self = self;
  }

  /** The endpoint that was called. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The path as it was called. */
  public String path() {
    return http.path();
  }

  /** All header lines as they came. */
  public HttpHeaders headers() {
    return new HttpHeaders(http.headers());
  }

  /** The value of the first header of that name. */
  public Optional<String> header(String name) {
    return http.header(name);
  }

  /** The bytes of the body as they came, meant to be an envelope. */
  public Bytes envelope() {
    return http.body();
  }

  /** The hash that the envelope names, which the proxy has to sign; empty where it names none. */
  public Optional<BodyHash> bodyHash() {
    try {
      Envelope fields = Envelope.of(StrictJson.parseObject(envelope()));
      return Optional.of(new BodyHash(fields.decoded("plaintext_body_hash")));
    } catch (MalformedAnswer | IllegalArgumentException noHash) {
      return Optional.empty();
    }
  }

  /**
   * The address of who validly signed the envelope's hash (docs/PROTOCOL.md section 5); empty where
   * signature or hash is missing, malformed or false.
   */
  public Optional<String> signer() {
    return bodyHash().flatMap(h -> ProxySignature.signer(header(ProxySignature.HEADER), h));
  }

  /**
   * The request, opened with the node's key; who signed it is not asked.
   *
   * @throws RefusedEnvelope if a node would refuse it
   */
  public OpenedRequest open() throws RefusedEnvelope {
    return OpenedRequest.open(endpoint, envelope(), self.pair());
  }

  /** The connection, for answers that are none. */
  public HostedCall http() {
    return http;
  }

  /** A plausible whole answer, sealed and signed, ready to be changed or sent. */
  public SealedReply answer(OpenedRequest request, ReplyChange change) {
    ObjectNode plaintext = change.inside(new PlainAnswer(request, self.nowSeconds()).whole());
    return change.outside(
        SealedReply.of(request, self.identity().signer(), plaintext, SealMark.whole()));
  }

  /** A reply that seals exactly {@code plaintext}, with this usage outside. */
  public SealedReply seal(OpenedRequest request, Bytes plaintext, Optional<JsonNode> outerUsage) {
    return SealedReply.of(request, self.identity().signer(), plaintext, outerUsage);
  }

  /**
   * Sends the head of a stream; the proxy can stop it from now on. A behaviour that is withdrawn
   * aborts it.
   *
   * @throws IOException if the proxy is gone
   */
  public NodeStream stream(OpenedRequest request) throws IOException {
    List<HttpHeader> head =
        List.of(
            new HttpHeader("Content-Type", "text/event-stream"),
            new HttpHeader("Cache-Control", "no-cache"));
    NodeStream opened =
        new NodeStream(
            http.stream(200, head),
            request,
            self.identity().signer(),
            new PlainAnswer(request, self.nowSeconds()),
            self.clock());
    synchronized (this) {
      stream = opened;
    }
    header(REQUEST_ID).ifPresent(id -> self.running().add(id, opened, signer()));
    cutWhenWithdrawn(opened::abort);
    return opened;
  }

  /**
   * Sends nothing more until the proxy closes the connection or the behaviour is withdrawn, then
   * resets it.
   */
  public void hold() {
    cutWhenWithdrawn(http::reset);
    boolean unused = http.awaitPeerGone(Deadline.in(self.clock(), LONGEST_HOLD));
    http.reset();
  }

  /** Has {@code cut} run when the behaviour is withdrawn, at once where it has been. */
  private void cutWhenWithdrawn(Runnable cut) {
    boolean late;
    synchronized (this) {
      late = withdrawn;
      cuts.add(cut);
    }
    if (late) {
      cut.run();
    }
  }

  /** Ends what is still held open; a call that is just being answered is left alone. */
  void withdraw() {
    List<Runnable> pending;
    synchronized (this) {
      withdrawn = true;
      pending = List.copyOf(cuts);
    }
    pending.forEach(Runnable::run);
  }

  /**
   * Notes that the behaviour is done with the call, and cuts nothing: whoever sees a connection cut
   * for a failure must find that failure recorded.
   *
   * @return false where it left its stream open
   */
  boolean release() {
    NodeStream opened;
    synchronized (this) {
      cuts.clear();
      opened = stream;
    }
    if (opened == null) {
      return true;
    }
    self.running().remove(opened);
    return opened.isOver();
  }

  @Override
  public String toString() {
    return "NodeCall[" + http + "]";
  }
}
