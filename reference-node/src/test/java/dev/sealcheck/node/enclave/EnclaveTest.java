package dev.sealcheck.node.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sealcheck.node.fault.Fault;
import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.Ciphertext;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.Envelope;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.RefusedException;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EnclaveTest {

  private static final byte[] BODY = "{\"model\":\"m\"}".getBytes(UTF_8);
  private static final Nonce NONCE = Nonce.copyOf(new byte[12]);
  private static final Salt SALT = Salt.copyOf(new byte[16]);
  private static final Salt ANOTHER_SALT = Salt.copyOf("another salt 16b".getBytes(UTF_8));

  private final SecureRandom random = new SecureRandom();
  private final SigningKey signingKey = SigningKey.generateEd25519(random);
  private final Enclave enclave = enclave(1_000);
  private final AgreementKeyPair client = AgreementKeyPair.generate(random);

  @Test
  void opensWhatWasSealedForItAndSealsTheAnswerForTheClient() throws Exception {
    OpenedRequest request = enclave.open(envelope());
    assertThat(request.plaintext()).isEqualTo(BODY);
    SealedMessage answer = request.sealer().seal("answer".getBytes(UTF_8), Optional.empty());
    assertThat(clientKey().open(answer.nonce(), answer.ciphertext()))
        .isEqualTo("answer".getBytes(UTF_8));
    assertThat(answer.responseHash()).isEqualTo(Blake2b256.of("answer".getBytes(UTF_8)));
    SignatureEnvelope signature = SignatureEnvelope.parse(answer.signature());
    assertThat(signature.verifies(answer.responseHash())).isTrue();
    assertThat(signature.address().text()).isEqualTo(enclave.address());
  }

  @Test
  void sealsEachMessageWithANonceOfItsOwn() throws Exception {
    AnswerSealer sealer = enclave.open(envelope()).sealer();
    Set<Nonce> nonces = new HashSet<>();
    nonces.add(NONCE);
    for (int i = 0; i < 500; i++) {
      assertThat(nonces.add(sealer.seal(BODY, Optional.empty()).nonce())).isTrue();
    }
  }

  @Test
  void reusesOneNonceOnlyWhereThatFaultIsPlanted() throws Exception {
    Enclave faulty = new Enclave(signingKey, random, Fault.STREAM_NONCE_REUSE::nonces, 10);
    AnswerSealer sealer = faulty.open(envelope(faulty.publicKey(), SALT)).sealer();
    assertThat(sealer.seal(BODY, Optional.empty()).nonce())
        .isEqualTo(sealer.seal(BODY, Optional.empty()).nonce());
  }

  @Test
  void refusesEveryUndecryptableRequestAlike() throws Exception {
    Envelope good = envelope();
    byte[] flipped = good.ciphertext().lend().clone();
    flipped[0] ^= 1;
    assertRefused(ErrorCode.UNDECRYPTABLE, with(good, Ciphertext.owning(flipped), good.nonce()));
    assertRefused(
        ErrorCode.UNDECRYPTABLE,
        with(good, good.ciphertext(), Nonce.copyOf("another nonc".getBytes(UTF_8))));
    assertRefused(ErrorCode.UNDECRYPTABLE, withHash(good, Blake2b256.of(new byte[1])));
    assertRefused(
        ErrorCode.UNDECRYPTABLE, withClientKey(good, X25519PublicKey.copyOf(new byte[32])));
  }

  @Test
  void looksAtTheKeyItNamesBeforeOpening() throws Exception {
    assertRefused(ErrorCode.STALE_NODE_KEY, envelope(client.publicKey(), SALT));
  }

  @Test
  void takesARequestOnceEvenWithTheIgnoredBitFlipped() throws Exception {
    Envelope good = envelope();
    enclave.open(good);
    assertRefused(ErrorCode.REPLAYED_REQUEST, good);
    byte[] key = good.clientPublicKey().toArray();
    key[31] ^= (byte) 0x80;
    assertRefused(ErrorCode.REPLAYED_REQUEST, withClientKey(good, X25519PublicKey.copyOf(key)));
  }

  @Test
  void recordsNothingThatDoesNotOpen() throws Exception {
    Envelope good = envelope();
    assertRefused(ErrorCode.UNDECRYPTABLE, withHash(good, Blake2b256.of(new byte[1])));
    assertThat(enclave.open(good).plaintext()).isEqualTo(BODY);
  }

  @Test
  void admitsExactlyOneOfManyParallelReplays() throws Exception {
    Envelope good = envelope();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        tries.add(() -> opens(good));
      }
      int opened = 0;
      for (Future<Boolean> result : threads.invokeAll(tries)) {
        opened += result.get() ? 1 : 0;
      }
      assertThat(opened).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void answersWhatItOpenedBeforeARotationAndRefusesTheOldKeyAfter() throws Exception {
    Envelope before = envelope();
    Envelope late = envelope(enclave.publicKey(), ANOTHER_SALT);
    OpenedRequest inFlight = enclave.open(before);
    SealingKey key = clientKey();
    X25519PublicKey next = enclave.prepareNext();
    enclave.changeOver();
    assertThat(next).isEqualTo(enclave.publicKey()).isNotEqualTo(before.nodePublicKey());
    SealedMessage answer = inFlight.sealer().seal(BODY, Optional.empty());
    assertThat(key.open(answer.nonce(), answer.ciphertext())).isEqualTo(BODY);
    assertRefused(ErrorCode.STALE_NODE_KEY, late);
    assertThat(enclave.open(envelope()).plaintext()).isEqualTo(BODY);
  }

  @Test
  void opensRequestsUnderThePreparedKeyBesideTheCurrentOne() throws Exception {
    X25519PublicKey current = enclave.publicKey();
    X25519PublicKey next = enclave.prepareNext();
    assertThat(enclave.prepareNext()).isEqualTo(next);
    assertThat(enclave.publicKey()).isEqualTo(current).isNotEqualTo(next);
    assertThat(enclave.open(envelope(current, SALT)).plaintext()).isEqualTo(BODY);
    assertThat(enclave.open(envelope(next, SALT)).plaintext()).isEqualTo(BODY);
    assertThat(enclave.replayMemory().entries()).isEqualTo(2);
    enclave.changeOver();
    assertThat(enclave.publicKey()).isEqualTo(next);
    assertThat(enclave.replayMemory().entries()).isEqualTo(1);
    assertRefused(ErrorCode.REPLAYED_REQUEST, envelope(next, SALT));
    assertRefused(ErrorCode.STALE_NODE_KEY, envelope(current, SALT));
  }

  @Test
  void forgetsADroppedKey() throws Exception {
    X25519PublicKey next = enclave.prepareNext();
    OpenedRequest opened = enclave.open(envelope(next, SALT));
    enclave.dropNext();
    assertRefused(ErrorCode.STALE_NODE_KEY, envelope(next, ANOTHER_SALT));
    SealedMessage answer = opened.sealer().seal(BODY, Optional.empty());
    assertThat(client.derive(next, SALT).open(answer.nonce(), answer.ciphertext())).isEqualTo(BODY);
    assertThatIllegalStateException().isThrownBy(enclave::changeOver);
    assertThat(enclave.prepareNext()).isNotEqualTo(next);
  }

  @Test
  void neverForgetsARequestToMakeRoomAndAsksForTheNextKeyInstead() throws Exception {
    Enclave small = enclave(1);
    AtomicInteger asked = new AtomicInteger();
    small.whenFull(asked::incrementAndGet);
    Envelope first = envelope(small.publicKey(), SALT);
    assertThat(small.isFull()).isFalse();
    small.open(first);
    assertThat(small.isFull()).isTrue();
    assertThat(asked.get()).isEqualTo(1);
    assertRefused(small, ErrorCode.STALE_NODE_KEY, envelope(small.publicKey(), ANOTHER_SALT));
    assertThat(asked.get()).isEqualTo(2);
    assertRefused(small, ErrorCode.REPLAYED_REQUEST, first);
    small.prepareNext();
    small.changeOver();
    assertThat(small.isFull()).isFalse();
    assertThat(small.open(envelope(small.publicKey(), SALT)).plaintext()).isEqualTo(BODY);
  }

  private boolean opens(Envelope envelope) {
    try {
      enclave.open(envelope);
      return true;
    } catch (RefusedException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.REPLAYED_REQUEST);
      return false;
    }
  }

  private void assertRefused(ErrorCode code, Envelope envelope) {
    assertRefused(enclave, code, envelope);
  }

  private static void assertRefused(Enclave enclave, ErrorCode code, Envelope envelope) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> enclave.open(envelope))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private Enclave enclave(int replayLimit) {
    return new Enclave(signingKey, random, UnaryOperator.identity(), replayLimit);
  }

  private SealingKey clientKey() throws Exception {
    return client.derive(enclave.publicKey(), SALT);
  }

  private Envelope envelope() throws Exception {
    return envelope(enclave.publicKey(), SALT);
  }

  private Envelope envelope(X25519PublicKey nodeKey, Salt salt) throws Exception {
    return new Envelope(
        ConfidentialPath.CHAT_COMPLETIONS,
        client.derive(nodeKey, salt).seal(NONCE, BODY),
        client.publicKey(),
        nodeKey,
        NONCE,
        salt,
        Blake2b256.of(BODY),
        1,
        "m",
        false,
        OptionalLong.empty());
  }

  private static Envelope with(Envelope envelope, Ciphertext ciphertext, Nonce nonce) {
    return new Envelope(
        envelope.path(),
        ciphertext,
        envelope.clientPublicKey(),
        envelope.nodePublicKey(),
        nonce,
        envelope.salt(),
        envelope.plaintextBodyHash(),
        1,
        "m",
        false,
        OptionalLong.empty());
  }

  private static Envelope withHash(Envelope envelope, BodyHash hash) {
    return new Envelope(
        envelope.path(),
        envelope.ciphertext(),
        envelope.clientPublicKey(),
        envelope.nodePublicKey(),
        envelope.nonce(),
        envelope.salt(),
        hash,
        1,
        "m",
        false,
        OptionalLong.empty());
  }

  private static Envelope withClientKey(Envelope envelope, X25519PublicKey key) {
    return new Envelope(
        envelope.path(),
        envelope.ciphertext(),
        key,
        envelope.nodePublicKey(),
        envelope.nonce(),
        envelope.salt(),
        envelope.plaintextBodyHash(),
        1,
        "m",
        false,
        OptionalLong.empty());
  }
}
