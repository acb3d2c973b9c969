package dev.sealcheck.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sealcheck.node.attestation.EmulatedAuthority;
import dev.sealcheck.node.attestation.EmulatedMachine;
import dev.sealcheck.protocol.attestation.AttestationChallenge;
import dev.sealcheck.protocol.attestation.AttestationUpdate;
import dev.sealcheck.protocol.attestation.ChallengeNonce;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.time.Timekeeper;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node sends to prove a key, at a proxy whose answers the test chooses. */
class KeyProofTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final EmulatedMachine MACHINE =
      EmulatedMachine.of(EmulatedAuthority.fresh(RANDOM), 1, RANDOM);
  private static final X25519PublicKey KEY =
      X25519PublicKey.copyOf(new byte[X25519PublicKey.SIZE_IN_BYTES]);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SigningKey signingKey = SigningKey.generateEd25519(RANDOM);
  private final List<AttestationUpdate> updates = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private HttpServer proxy;
  private long nonce;
  private byte[] otherChallenge;
  private KeyProof proof;

  @BeforeEach
  void start() throws Exception {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext("/v1/attestation_challenge/7", this::challenge);
    proxy.createContext("/v1/update_node_attestation", this::update);
    proxy.start();
    URI url = URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    proof = new KeyProof(new ProxyCalls(url, Timekeeper.system()), signingKey, MACHINE);
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
  }

  @Test
  void signsEvidenceForTheChallengeAndTheKey() throws Exception {
    statuses.add(200);
    proof.prove(7, KEY, PATIENCE);
    assertThat(updates).hasSize(1);
    AttestationUpdate update = updates.get(0);
    assertThat(update.nodeSmallId()).isEqualTo(7);
    assertThat(update.publicKey()).isEqualTo(KEY);
    byte[] report = EvidenceSet.parse(update.evidence().inflate()).devices().get(0).report();
    assertThat(Arrays.copyOfRange(report, 4, 36))
        .isEqualTo(GpuNonce.of(new ChallengeNonce(1), KEY).toArray());
    SignatureEnvelope signature = SignatureEnvelope.parse(signatures.get(0));
    assertThat(signature.address()).isEqualTo(signingKey.address());
    assertThat(signature.verifies(update.hash())).isTrue();
  }

  @Test
  void asksForAnotherChallengeWhenTheFirstHasClosed() throws Exception {
    statuses.addAll(List.of(409, 200));
    proof.prove(7, KEY, PATIENCE);
    assertThat(updates).hasSize(2);
    assertThat(updates.get(1).evidence()).isNotEqualTo(updates.get(0).evidence());
    assertThat(nonce).isEqualTo(2);
  }

  @Test
  void givesUpAfterThreeClosedChallenges() {
    statuses.addAll(List.of(409, 409, 409, 200));
    assertThatThrownBy(() -> proof.prove(7, KEY, PATIENCE))
        .isInstanceOfSatisfying(
            RefusedRegistration.class, e -> assertThat(e.status()).isEqualTo(409));
    assertThat(updates).hasSize(3);
  }

  @Test
  void doesNotTryAgainWhatWasRefused() {
    statuses.addAll(List.of(400, 200));
    assertThatThrownBy(() -> proof.prove(7, KEY, PATIENCE))
        .isInstanceOfSatisfying(
            RefusedRegistration.class, e -> assertThat(e.status()).isEqualTo(400));
    assertThat(updates).hasSize(1);
  }

  @Test
  void sendsNothingForAChallengeThatItCannotRead() {
    otherChallenge = new byte[] {'{', '}'};
    assertThatThrownBy(() -> proof.prove(7, KEY, PATIENCE))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(RefusedRegistration.class);
    assertThat(updates).isEmpty();
  }

  private void challenge(HttpExchange exchange) throws IOException {
    nonce++;
    byte[] json = new AttestationChallenge(7, new ChallengeNonce(nonce), 1).toJson();
    answer(exchange, 200, otherChallenge == null ? json : otherChallenge);
  }

  private void update(HttpExchange exchange) throws IOException {
    try {
      updates.add(AttestationUpdate.parse(exchange.getRequestBody().readAllBytes()));
    } catch (dev.sealcheck.protocol.wire.MalformedMessageException e) {
      throw new IOException(e);
    }
    signatures.add(exchange.getRequestHeaders().getFirst("X-Signature"));
    answer(exchange, statuses.remove(), new byte[] {'{', '}'});
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
