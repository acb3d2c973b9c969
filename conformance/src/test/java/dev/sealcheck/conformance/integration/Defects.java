package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import dev.sealcheck.conformance.profile.Limits;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** At least one defect for each requirement, each as narrow as its check allows. */
final class Defects {

  private static final int OK = 200;
  private static final int INVALID_BODY = 400;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHENTICATED = 401;
  private static final int UNAVAILABLE_STACK = 425;
  private static final int LONGEST_LOCK_SECONDS = 600;
  private static final int INVALID = 400;
  private static final int WRONG_TYPE = 415;

  private Defects() {}

  /** All of them. */
  static List<Defect> all() {
    return List.of(
        new Defect(
            "LOCK-01",
            "the stack is named by a string",
            () ->
                Tampers.lockAnswer(
                    lock -> lock.put("stack_small_id", lock.path("stack_small_id").asText()))),
        new Defect(
            "LOCK-01",
            "the node key is a byte short",
            () ->
                Tampers.lockAnswer(
                    lock -> lock.put("public_key", Base64Text.encode(Bytes.random(31))))),
        new Defect(
            "LOCK-01",
            "the digest is left out",
            () -> Tampers.lockAnswer(lock -> lock.remove("stack_entry_digest"))),
        new Defect(
            "LOCK-03",
            "a used lock serves once more",
            () -> Tampers.overlookingRefusals(UNAVAILABLE_STACK)),
        new Defect(
            "LOCK-04",
            "a lock outlives its timeout",
            () -> Tampers.lockRequest(lock -> lock.put("timeout", LONGEST_LOCK_SECONDS))),
        overlooking("REQ-01", "a missing field is made up", Harm.FIELD_MISSING),
        new Defect(
            "REQ-01",
            "a refused request spends its lock",
            () -> Tampers.spendingLocksOn(Harm.FIELD_MISSING)),
        overlooking("REQ-02", "other types are converted", Harm.FIELD_OF_WRONG_TYPE),
        overlooking("REQ-03", "a missing stream flag is guessed", Harm.STREAM_ABSENT),
        overlooking("REQ-04", "a stream flag is converted", Harm.STREAM_OF_WRONG_TYPE),
        new Defect(
            "REQ-05",
            "an envelope is taken in one spelling only",
            () -> Tampers.closingOn(SealingDefects::isSpelledUnusually)),
        new Defect("REQ-06", "other numbers are rounded", SealingDefects::convertingNumbers),
        new Defect("REQ-07", "base64 is decoded leniently", SealingDefects::lenientBase64),
        new Defect(
            "REQ-07",
            "a request in odd base64 spends its lock",
            () -> Tampers.spendingLocksOn(Harm.FIELD_OF_WRONG_TYPE)),
        new Defect(
            "REQ-08", "any media type is taken", () -> Tampers.overlookingRefusals(WRONG_TYPE)),
        new Defect(
            "REQ-08",
            "a media type with a parameter is not taken",
            () -> Tampers.closingOn(SealingDefects::hasUnusualMediaType)),
        new Defect("REQ-09", "any size is taken", () -> Tampers.taking(Integer.MAX_VALUE - 8)),
        new Defect(
            "REQ-09",
            "the cap is a byte lower",
            () -> Tampers.taking(Limits.DEFAULT_BODY_BYTES - 1)),
        new Defect(
            "REQ-10", "the body is not compared", () -> Tampers.overlookingRefusals(INVALID)),
        new Defect(
            "REQ-10",
            "a body must say whether it streams",
            () -> Tampers.refusing(SealingDefects::saysNothingOfStream)),
        new Defect("REQ-11", "any body is taken", () -> Tampers.overlookingRefusals(INVALID)),
        new Defect("REQ-12", "any messages are taken", () -> Tampers.overlookingRefusals(INVALID)),
        new Defect(
            "REQ-13", "health needs a token", () -> Tampers.open(SealingDefects::healthCloses)),
        new Defect(
            "REQ-13", "models need no token", () -> Tampers.open(SealingDefects::modelsOpen)),
        new Defect("REQ-14", "any limit is taken", () -> Tampers.overlookingRefusals(INVALID)),
        overlooking("REQ-15", "of two alike keys the last counts", Harm.NO_ENVELOPE),
        new Defect(
            "REQ-15",
            "of two alike keys in the body the last counts",
            () -> Tampers.overlookingRefusals(INVALID)),
        new Defect("REQ-16", "a stream comes as one object", () -> Tampers.streaming(false)),
        new Defect("REQ-16", "one object comes as a stream", () -> Tampers.streaming(true)),
        new Defect(
            "ENC-01",
            "salt and secret change places in the derivation of the answer's key",
            () -> Tampers.key((client, request) -> swapped(client))),
        new Defect(
            "ENC-01",
            "answers to requests with non-ASCII text are sealed under another key",
            () ->
                Tampers.key(
                    (client, request) ->
                        isAscii(request) ? client.key() : client.pseudorandomKey())),
        new Defect(
            "ENC-01", "large bodies are refused", () -> Tampers.refusing(SealingDefects::isLarge)),
        new Defect("ENC-02", "all answers have one nonce", Defects::oneNonce),
        new Defect(
            "ENC-02",
            "an answer has its request's nonce",
            () -> Tampers.nonce((request, before) -> request)),
        new Defect(
            "ENC-03",
            "all events of a stream have one nonce",
            () ->
                Tampers.nonce(
                    (request, before) -> before.isEmpty() ? Nonce.fresh() : before.get(0))),
        overlooking("ENC-04", "the tag is not checked", Harm.DOES_NOT_OPEN),
        new Defect("ENC-05", "a wrong hash is told apart", SealingDefects::tellingApart),
        overlooking("ENC-06", "small-order keys are taken", Harm.DOES_NOT_OPEN),
        overlooking("ENC-07", "the named node key is not compared", Harm.OTHER_NODE_KEY),
        new Defect(
            "ENC-08",
            "client keys that are not reduced are refused",
            () -> Tampers.refusing(SealingDefects::hasUnreducedKey)),
        new Defect(
            "ENC-09",
            "an answer has its request's nonce",
            () -> Tampers.nonce((request, before) -> request)),
        overlooking("ENC-10", "the named node key is not compared", Harm.OTHER_NODE_KEY),
        new Defect(
            "SEC-09",
            "an answer has its request's nonce",
            () -> Tampers.nonce((request, before) -> request)),
        new Defect(
            "HASH-01",
            "the hash is of the body written anew",
            () -> Tampers.refusing(SealingDefects::isWrittenUnusually)),
        overlooking("HASH-02", "the body hash is not checked", Harm.WRONG_HASH),
        new Defect("HASH-03", "the hash is SHA-256", () -> Tampers.hash(Defects::sha256)),
        new Defect(
            "SIG-04",
            "the signature is over other bytes",
            () -> Tampers.signature((signer, hash) -> signer.sign(BodyHash.of(hash.bytes())))),
        new Defect("SIG-04", "every second answer has another signer", Defects::twoSigners),
        new Defect(
            "STR-01",
            "an object around each chunk",
            () -> Tampers.frame(json -> "data: {\"data\":" + json + "}\n\n")),
        new Defect(
            "STR-01",
            "an event line before each data line",
            () -> Tampers.frame(json -> "event: message\ndata: " + json + "\n\n")),
        new Defect(
            "STR-04",
            "the usage chunk is left out",
            () -> Tampers.leavingOut(Defects::isUsageChunk)),
        new Defect(
            "STR-04",
            "the usage is inside only",
            () -> Tampers.outside(answer -> answer.remove("usage"))),
        new Defect(
            "STR-02",
            "a time to retry before each event",
            () -> Tampers.frame(json -> "retry: 3000\ndata: " + json + "\n\n")),
        new Defect("STR-06", "events are held back to the end", Tampers::holdingBack),
        saidInAStream(UNAVAILABLE_STACK),
        saidInAStream(INVALID_BODY),
        new Defect(
            "STR-13",
            "nothing carries a seal",
            () -> Tampers.plaintext(text -> text.remove("seal"))),
        new Defect(
            "STR-15", "every event is the first", () -> Tampers.plaintext(Defects::restartSeal)),
        changing("STR-14", "id", "chat-"),
        changing("STR-14", "model", "model-"),
        new Defect(
            "STR-14",
            "no chunk has a finish reason",
            () -> Tampers.plaintext(Defects::removeFinishReason)),
        new Defect(
            "ACC-10", "the usage outside is one more", () -> Tampers.outside(Defects::oneMore)),
        new Defect(
            "ERR-01",
            "an unknown token is told from a missing one",
            () -> Tampers.open(Defects::tellTale)),
        new Defect(
            "ERR-01",
            "a bad token is forbidden",
            () ->
                Tampers.open(
                    (call, reply) ->
                        reply.status() == UNAUTHENTICATED
                            ? new Reply(FORBIDDEN, reply.headers(), reply.body())
                            : reply)),
        new Defect(
            "ERR-02",
            "errors are pages",
            () ->
                Tampers.open(
                    (call, reply) ->
                        reply.isSuccess()
                            ? reply
                            : Reply.of(reply.status(), "text/html", Bytes.utf8("<h1>Sorry</h1>")))),
        hostile(
            "connections are closed for all after a hostile body",
            HostileInput.Gone.CLOSED_FOR_ALL),
        hostile(
            "the next connection is closed after a hostile body", HostileInput.Gone.CLOSED_ONCE),
        hostile("nothing is answered after a hostile body", HostileInput.Gone.SILENT));
  }

  private static Defect overlooking(String id, String name, Harm harm) {
    return new Defect(id, name, () -> Tampers.overlooking(harm));
  }

  private static Defect hostile(String name, HostileInput.Gone gone) {
    return new Defect("ERR-10", name, () -> new HostileInput(gone));
  }

  private static Defect changing(String id, String key, String prefix) {
    Supplier<Tamper> tamper =
        () -> {
          AtomicInteger count = new AtomicInteger();
          return Tampers.plaintext(text -> text.put(key, prefix + count.incrementAndGet()));
        };
    return new Defect(id, "the " + key + " changes within a stream", tamper);
  }

  private static Defect saidInAStream(int status) {
    Bytes event = Bytes.utf8("data: {\"error\":{\"code\":\"X\",\"message\":\"x\"}}\n\n");
    return new Defect(
        "STR-12",
        "a refusal with " + status + " is an event of a stream",
        () ->
            Tampers.open(
                (call, reply) ->
                    reply.status() == status ? Reply.of(OK, "text/event-stream", event) : reply));
  }

  private static void restartSeal(ObjectNode text) {
    if (text.path("seal") instanceof ObjectNode seal) {
      seal.put("seq", 0);
    }
  }

  private static Tamper oneNonce() {
    Nonce only = Nonce.fresh();
    return Tampers.nonce((request, before) -> only);
  }

  private static Tamper twoSigners() {
    SigningPair other = SigningPair.generate();
    AtomicInteger count = new AtomicInteger();
    return Tampers.signature(
        (signer, hash) -> (count.incrementAndGet() % 2 == 0 ? other : signer).sign(hash));
  }

  /** HKDF with salt and input key material exchanged (RFC 5869 sections 2.2 and 2.3, one block). */
  private static Bytes swapped(Derivation client) {
    Bytes pseudorandomKey = hmac(client.sharedSecret(), client.salt().bytes());
    return hmac(pseudorandomKey, Bytes.hex("01"));
  }

  private static Bytes hmac(Bytes key, Bytes text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
      return Bytes.owning(mac.doFinal(text.toArray()));
    } catch (GeneralSecurityException noHmac) {
      throw new IllegalStateException("this JDK has no HMAC", noHmac);
    }
  }

  private static BodyHash sha256(Bytes plaintext) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return new BodyHash(Bytes.owning(digest.digest(plaintext.toArray())));
    } catch (GeneralSecurityException noSha256) {
      throw new IllegalStateException("this JDK has no SHA-256", noSha256);
    }
  }

  private static boolean isAscii(Intercepted request) {
    return request.plaintext().orElseThrow().toLenientUtf8().chars().allMatch(c -> c < 128);
  }

  private static boolean isUsageChunk(ObjectNode chunk) {
    return chunk.path("choices").isArray() && chunk.path("choices").isEmpty();
  }

  private static void removeFinishReason(ObjectNode chunk) {
    for (JsonNode choice : chunk.path("choices")) {
      ((ObjectNode) choice).putNull("finish_reason");
    }
  }

  private static void oneMore(ObjectNode answer) {
    if (answer.path("usage") instanceof ObjectNode usage) {
      usage.put("total_tokens", usage.path("total_tokens").longValue() + 1);
    }
  }

  private static Reply tellTale(Call call, Reply reply) {
    if (reply.status() != UNAUTHENTICATED || call.credentials().isEmpty()) {
      return reply;
    }
    ObjectNode body = StrictJson.parseObject(reply.body());
    ((ObjectNode) body.path("error")).put("message", "This token is not known.");
    return new Reply(UNAUTHENTICATED, reply.headers(), StrictJson.write(body));
  }
}
