package dev.sealcheck.bench;

import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.crypto.UndecryptableException;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a node does for one request, in parts and as a whole: derive, verify, open, hash, seal,
 * hash, sign; docs/PROTOCOL.md section 1.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class NodeSideBenchmark {

  /** Bytes of the body and of the answer. */
  @Param({"256", "4096", "65536"})
  public int bodyBytes;

  private final SecureRandom random = new SecureRandom();
  private AgreementKeyPair node;
  private AgreementKeyPair client;
  private Salt salt;
  private SealingKey key;
  private SigningKey proxyKey;
  private SigningKey nodeKey;
  private byte[] body;
  private Nonce requestNonce;
  private Ciphertext sealedBody;
  private BodyHash bodyHash;
  private String requestSignature;

  /** Makes one request, and checks that what is measured is right. */
  @Setup
  public void prepare() throws UndecryptableException {
    node = AgreementKeyPair.generate(random);
    client = AgreementKeyPair.generate(random);
    salt = Salt.copyOf(bytes(Salt.SIZE_IN_BYTES));
    key = node.derive(client.publicKey(), salt);
    proxyKey = SigningKey.generateEd25519(random);
    nodeKey = SigningKey.generateEd25519(random);
    body = bytes(bodyBytes);
    requestNonce = freshNonce();
    sealedBody = client.derive(node.publicKey(), salt).seal(requestNonce, body);
    bodyHash = Blake2b256.of(body);
    requestSignature = proxyKey.sign(bodyHash).toText();
    if (!Arrays.equals(key.open(requestNonce, sealedBody), body)) {
      throw new IllegalStateException("the node does not open what the client sealed");
    }
  }

  /** X25519 and HKDF. */
  @Benchmark
  public Object derive() throws UndecryptableException {
    return node.derive(client.publicKey(), salt);
  }

  /** AES-256-GCM with a fresh nonce. */
  @Benchmark
  public Object seal() {
    return key.seal(freshNonce(), body);
  }

  /** AES-256-GCM with the request's nonce. */
  @Benchmark
  public Object open() throws UndecryptableException {
    return key.open(requestNonce, sealedBody);
  }

  /** BLAKE2b-256. */
  @Benchmark
  public Object hash() {
    return Blake2b256.of(body);
  }

  /** One Ed25519 signature. */
  @Benchmark
  public Object sign() {
    return nodeKey.sign(bodyHash);
  }

  /** One Ed25519 verification, parsing included. */
  @Benchmark
  public boolean verify() throws Exception {
    return SignatureEnvelope.parse(requestSignature).verifies(bodyHash);
  }

  /** Everything above in the order of a request. */
  @Benchmark
  public Object wholeRequest() throws Exception {
    if (!SignatureEnvelope.parse(requestSignature).verifies(bodyHash)) {
      throw new IllegalStateException("the request's signature does not verify");
    }
    SealingKey derived = node.derive(client.publicKey(), salt);
    byte[] opened = derived.open(requestNonce, sealedBody);
    if (!Blake2b256.of(opened).equals(bodyHash)) {
      throw new IllegalStateException("the request's hash does not match");
    }
    Ciphertext answer = derived.seal(freshNonce(), opened);
    return new Object[] {answer, nodeKey.sign(Blake2b256.of(opened))};
  }

  private Nonce freshNonce() {
    return Nonce.copyOf(bytes(Nonce.SIZE_IN_BYTES));
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
