package dev.sealcheck.conformance.client;

import java.util.Arrays;
import java.util.Optional;

/** The vector of docs/PROTOCOL.md sections 3 and 5. */
final class Vector {
  static final X25519Pair CLIENT = X25519Pair.ofInsecureKnownSecret(counting(0x01, 32));
  static final X25519Pair NODE = X25519Pair.ofInsecureKnownSecret(counting(0x21, 32));
  static final String CLIENT_PUBLIC = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=";
  static final String NODE_PUBLIC = "WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns=";
  static final String SHARED = "a84dc7c3c8f058b1b2dc4cd1e9b5dc0a7987f88b6a9564cde3391fc421159e77";
  static final String SALT = "EBESExQVFhcYGRobHB0eHw==";
  static final String KEY = "ccf4e1fe3472541b2ef1975ea711d3061c7436c9eebb1a6aaed83645d6e3ce76";
  static final String NONCE = "oKGio6Slpqeoqaqr";
  static final Bytes PLAINTEXT =
      Bytes.utf8(
          "{\"model\":\"m/test\",\"messages\":[{\"role\":\"user\",\"content\":\"héllo\"}],"
              + "\"stream\":false}");
  static final String HASH = "zTZU7H7qI1sQqvT51S5fvsxYo+G2xDK+VShelxPQgro=";
  static final String CIPHERTEXT =
      "z+GO/xgcm8WtkFPzSazbRDszoZ39sLePY9gRZF9Y4eGaA7twd3XJBSN2JP6JmqkPfScBefJmCIgVDc145YQqcqh9"
          + "UVKyKFB7AjorlK+12JXrCoYCImXf7ZiB/lOBvrShtA==";
  static final String SIGNATURE =
      "AP+b5EjxWPQPytv2RKsC54WhhiggYJrUsDpqZA3WwMIefKGodbo/PQ36+j/q1RQ33TlLDqwsNwvyydHMHe/fPwjq"
          + "Smxj4pxSCr71UHsTLsX5lUd2rr6+e5JCHuppFEbSLA==";
  static final String ADDRESS =
      "0xa0ccc8bcc83f6c628340134f8546a21e0618fd1aaa02432bba454c4a2c2233da";

  static final LockGrant LOCK = new LockGrant(NODE.publicKey(), 1, 7, Optional.empty());
  static final RequestRecipe RECIPE =
      RequestRecipe.of(Endpoint.CHAT, "m/test", Optional.of(false), PLAINTEXT);

  private Vector() {}

  static Salt salt() {
    return new Salt(Base64Text.decode("salt", SALT));
  }

  static Nonce nonce() {
    return new Nonce(Base64Text.decode("nonce", NONCE));
  }

  static BodyHash hash() {
    return new BodyHash(Base64Text.decode("hash", HASH));
  }

  static Bytes counting(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes.owning(bytes);
  }

  static Bytes repeated(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.owning(bytes);
  }
}
