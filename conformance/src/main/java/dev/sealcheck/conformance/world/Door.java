package dev.sealcheck.conformance.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.LockGrant;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.client.SealedRequest;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestUser;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;

/** Where requests go in: at the proxy as a user, or at the node as its proxy. */
public sealed interface Door {

  /** The address of {@code path}, which starts with a slash. */
  URI uri(String path);

  /** The call that carries a request, with what it needs to be let in. */
  HttpCall call(SealedRequest request);

  /** What stands for a lock where none is asked for; empty where locks must be asked for. */
  Optional<LockGrant> standing();

  /** The proxy's, for a user with a token. */
  record OfProxy(Target target, TestUser user) implements Door {
    @Override
    public URI uri(String path) {
      return target.uri(path);
    }

    @Override
    public HttpCall call(SealedRequest request) {
      return HttpCall.post(uri(request.endpoint().path()), request.envelope().json())
          .bearing(user.token());
    }

    @Override
    public Optional<LockGrant> standing() {
      return Optional.empty();
    }
  }

  /** The node's: it asks no lock, but the signature of a proxy that it is configured for. */
  record OfNode(NodeAccess node) implements Door {

    /** In the place of a node's small id where no lock names one; real ids count from 1. */
    public static final long NO_ID = 0;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int REQUEST_ID_BYTES = 16;

    @Override
    public URI uri(String path) {
      return URI.create(node.url() + path);
    }

    @Override
    public HttpCall call(SealedRequest request) {
      return callSignedBy(node.proxyKey(), request);
    }

    /** As {@link #call}, signed by another key. */
    public HttpCall callSignedBy(SigningPair key, SealedRequest request) {
      return unsigned(request).withHeader("X-Signature", key.sign(signedHash(request)).base64());
    }

    /** The call without the proxy's signature. */
    public HttpCall unsigned(SealedRequest request) {
      HttpCall call =
          HttpCall.post(uri(request.endpoint().path()), request.envelope().json())
              .withHeader("X-User-Id", "1");
      boolean streams = request.envelope().field("stream").filter(JsonNode::asBoolean).isPresent();
      return streams
          ? call.withHeader("X-Request-Id", Bytes.random(REQUEST_ID_BYTES).toHex())
          : call;
    }

    /** A proxy signs the hash that the envelope names, whatever was sealed. */
    private static BodyHash signedHash(SealedRequest request) {
      return request
          .envelope()
          .field("plaintext_body_hash")
          .filter(JsonNode::isTextual)
          .flatMap(text -> hash(text.textValue()))
          .orElseGet(request::plaintextHash);
    }

    private static Optional<BodyHash> hash(String base64) {
      try {
        Bytes named = Base64Text.decode("plaintext_body_hash", base64);
        return named.length() == BodyHash.LENGTH_BYTES
            ? Optional.of(new BodyHash(named))
            : Optional.empty();
      } catch (MalformedAnswer noHash) {
        // Nothing a proxy could sign; the node then sees a good signature of the sealed hash.
        return Optional.empty();
      }
    }

    @Override
    public Optional<LockGrant> standing() {
      // The stack is the proxy's concern; a node takes any.
      return Optional.of(
          new LockGrant(node.key(), NO_ID, 1 + RANDOM.nextInt(1 << 20), Optional.empty()));
    }
  }
}
