package dev.sealcheck.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.bench.Tally.Outcome;
import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes requests that must be refused, each with its own code, and never charged. */
final class BadCaller {

  private static final long UNKNOWN_STACK = Long.MAX_VALUE;

  /** The shortest lock there is, and a little more than its life. */
  private static final int EXPIRING_SECONDS = 1;

  private static final Duration UNTIL_EXPIRED = Duration.ofMillis(1_010);

  private final Scene scene;
  private final Reader reader;
  private final Customer late;
  private final Customer stranger;

  BadCaller(Scene scene, Reader reader, Customer late, Customer stranger) {
    this.scene = scene;
    this.reader = reader;
    this.late = late;
    this.stranger = stranger;
  }

  /** Sends one bad request of this kind. */
  Outcome call(Kind kind, Customer steady, RandomGenerator dice)
      throws IOException, InterruptedException, MalformedMessageException {
    int mark = scene.deployment().restartMark();
    Customer customer = kind == Kind.EXPIRED_LOCK ? late : steady;
    Job job = Job.pick(dice, kind != Kind.REPLAY && dice.nextBoolean());
    int seconds = kind == Kind.EXPIRED_LOCK ? EXPIRING_SECONDS : Scene.LOCK_SECONDS;
    SealedRequest.Lock lock = scene.client().lock(customer, job, seconds);
    ObjectNode body = job.body(scene.random());
    if (kind == Kind.OTHER_MODEL_INSIDE) {
      body.put("model", "soak/other");
    }
    SealedRequest sealed = SealedRequest.of(lock, job, body, scene.random());
    if (kind == Kind.EXPIRED_LOCK) {
      scene.time().pause(UNTIL_EXPIRED);
    } else if (kind == Kind.REPLAY) {
      Outcome first = reader.whole(kind, customer, job, sealed, mark);
      if (first != Outcome.EXPECTED) {
        return first;
      }
      long stack = scene.client().lock(customer, job, Scene.LOCK_SECONDS).stackSmallId();
      sealed.envelope().put("stack_small_id", stack);
    } else {
      spoil(kind, sealed.envelope(), dice);
    }
    Optional<String> token =
        switch (kind) {
          case NO_TOKEN -> Optional.empty();
          case NO_LOCK -> Optional.of(stranger.token());
          default -> Optional.of(customer.token());
        };
    String mediaType = kind == Kind.WRONG_MEDIA_TYPE ? "text/plain" : ProxyClient.JSON;
    byte[] json = sealed.json();
    if (kind == Kind.BROKEN_JSON) {
      json = Arrays.copyOf(json, dice.nextInt(json.length));
    }
    HttpResponse<byte[]> response;
    try {
      response = scene.client().whole(sealed.path().path(), token, mediaType, json);
    } catch (IOException cut) {
      if (kind == Kind.TOO_LARGE) {
        // The proxy closes without reading the rest, so its answer may not survive.
        return Outcome.CUT_OFF;
      }
      throw cut;
    }
    return judge(kind, mark, response);
  }

  private void spoil(Kind kind, ObjectNode envelope, RandomGenerator dice)
      throws MalformedMessageException {
    switch (kind) {
      case WRONG_BASE64 -> envelope.put("nonce", envelope.get("nonce").asText() + " ");
      case TOO_LARGE ->
          envelope.put("ciphertext", Base64Text.encode(new byte[Deployment.MAX_BODY_BYTES]));
      case UNKNOWN_STACK -> envelope.put("stack_small_id", UNKNOWN_STACK);
      case FLIPPED_BIT -> {
        byte[] bytes = Base64Text.decode("ciphertext", envelope.get("ciphertext").asText());
        bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(Byte.SIZE));
        envelope.put("ciphertext", Base64Text.encode(bytes));
      }
      case SMALL_ORDER_KEY ->
          envelope.put(
              "client_dh_public_key", Base64Text.encode(new byte[X25519PublicKey.SIZE_IN_BYTES]));
      case FOREIGN_NODE_KEY ->
          envelope.put(
              "node_dh_public_key",
              AgreementKeyPair.generate(scene.random()).publicKey().bytes().toBase64());
      // The others are spoilt outside the envelope.
      default -> {}
    }
  }

  private Outcome judge(Kind kind, int mark, HttpResponse<byte[]> response) {
    ErrorCode wanted =
        kind.refusal().orElseThrow(() -> new IllegalArgumentException(kind + " is no bad input"));
    boolean asWanted =
        response.statusCode() == wanted.status()
            && ErrorCode.ofBody(response.body()).equals(Optional.of(wanted));
    return asWanted
        ? Outcome.EXPECTED
        : scene.refused(kind, mark, response.statusCode(), response.body());
  }
}
