package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.host.HostServer;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node that the suite plays behind a proxy under test, on plain HTTP. It answers health, stops
 * and, well or as a behaviour wants it, the confidential calls (docs/PROTOCOL.md sections 2 and 6);
 * it takes calls from whoever signs them and remembers no replay: the scenario looks at what came.
 */
public final class ScriptedNode implements AutoCloseable {
  private final NodeSelf self;
  private final String host;
  private final NodeDoors doors;
  private final AtomicReference<Serving> serving = new AtomicReference<>();
  private final Serving good = new Serving(NodeAnswers.good(), unused -> {});
  private final List<Throwable> earlierFailures = new ArrayList<>();
  private HostServer server;
  // Not null while the node does not listen.
  private HeldPort held;

  private ScriptedNode(NodeSelf self, String host, int port) throws IOException {
    this.self = self;
    this.host = host;
    this.doors = new NodeDoors(self, serving);
    serving.set(good);
    server = HostServer.start("scripted-node", host, port, doors);
  }

  /**
   * Makes a fresh X25519 pair and listens.
   *
   * @param host the address to listen on, normally 127.0.0.1
   * @param port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static ScriptedNode start(NodeIdentity identity, String host, int port)
      throws IOException {
    return start(identity, host, port, SuiteClock.system());
  }

  /** As the other one, with a clock of its own. */
  public static ScriptedNode start(NodeIdentity identity, String host, int port, SuiteClock clock)
      throws IOException {
    NodeSelf self =
        new NodeSelf(
            identity, new AtomicReference<>(X25519Pair.fresh()), clock, new RunningStreams());
    return new ScriptedNode(self, host, port);
  }

  /** Where it is reached, without a path; the same for as long as it lives. */
  public synchronized URI base() {
    return server.base();
  }

  /** The id that it registers under. */
  public long smallId() {
    return self.identity().smallId();
  }

  /** The model that it serves. */
  public String model() {
    return self.identity().model();
  }

  /** The address of the key that it signs with. */
  public String address() {
    return self.identity().signer().address();
  }

  /** The scheme that it signs with. */
  public SignatureScheme scheme() {
    return self.identity().signer().scheme();
  }

  /** Its X25519 key. */
  public X25519PublicKey publicKey() {
    return self.pair().publicKey();
  }

  /** Changes over to another pair: what comes from now on must be sealed to that. */
  public void changeOver(X25519Pair next) {
    self.current().set(next);
  }

  /** Signs as this node. */
  public SigningPair signer() {
    return self.identity().signer();
  }

  /** The good body for {@code POST /v1/nodes}. */
  public Bytes registration() {
    return registrationDraft().json();
  }

  /** The good registration, to be made wrong. */
  public Registration registrationDraft() {
    return Registration.of(self.identity(), base(), publicKey());
  }

  /**
   * What the node does with the confidential calls that come from now on, until what is returned is
   * closed. Calls before have the behaviour that they came to.
   */
  public Serving behave(NodeBehaviour behaviour) {
    Serving next = new Serving(behaviour, gone -> serving.compareAndSet(gone, good));
    serving.getAndSet(next);
    return next;
  }

  /** The confidential calls since they were forgotten, in the order they came. */
  public List<NodeCall> calls() {
    return doors.calls().all();
  }

  /** Those of them whose envelope names this hash: one request's, whatever else runs. */
  public List<NodeCall> calls(BodyHash bodyHash) {
    return calls().stream()
        .filter(call -> call.bodyHash().filter(bodyHash::equals).isPresent())
        .toList();
  }

  /**
   * As {@link #calls()}, once there are at least {@code count}.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if there are fewer when the deadline passes
   */
  public List<NodeCall> awaitCalls(int count, Deadline deadline) {
    return doors.calls().await(count, deadline);
  }

  /** How many stops came since they were forgotten, whatever their answer. */
  public int stopRequests() {
    return stops().size();
  }

  /** The stops since they were forgotten, in the order they came. */
  public List<StopCall> stops() {
    return doors.stops().all();
  }

  /**
   * As {@link #stops()}, once there are at least {@code count}.
   *
   * @throws dev.sealcheck.conformance.verdict.Hung if there are fewer when the deadline passes
   */
  public List<StopCall> awaitStops(int count, Deadline deadline) {
    return doors.stops().await(count, deadline);
  }

  /** Forgets the calls and stops so far. */
  public void forgetCalls() {
    doors.calls().clear();
    doors.stops().clear();
  }

  /** How often it was asked for its health, ever. */
  public int healthChecks() {
    return doors.healthChecks();
  }

  /** What went wrong in the suite itself: behaviours that did not fit their call. */
  public synchronized List<Throwable> failures() {
    List<Throwable> all = new ArrayList<>(earlierFailures);
    all.addAll(server.failures());
    return List.copyOf(all);
  }

  /**
   * Closes all connections and refuses new ones, keeping the port; nothing where it is so already.
   *
   * @throws IOException if the port was lost
   */
  public synchronized void stopListening() throws IOException {
    if (held == null) {
      cutAndClose();
      held = HeldPort.hold(host, base().getPort());
    }
  }

  /**
   * Listens again where it did before; nothing where it does.
   *
   * @throws IOException if it cannot
   */
  public synchronized void resumeListening() throws IOException {
    if (held != null) {
      List<Throwable> before = server.failures();
      server = HostServer.start("scripted-node", host, base().getPort(), doors);
      earlierFailures.addAll(before);
      held.close();
      held = null;
    }
  }

  /** Withdraws its behaviour, closes all connections and gives its port back. */
  @Override
  public synchronized void close() throws IOException {
    cutAndClose();
    if (held != null) {
      held.close();
      held = null;
    }
  }

  private void cutAndClose() {
    serving.get().cut();
    server.close();
  }

  @Override
  public String toString() {
    return "ScriptedNode[" + smallId() + " at " + base() + ", " + address() + "]";
  }
}
