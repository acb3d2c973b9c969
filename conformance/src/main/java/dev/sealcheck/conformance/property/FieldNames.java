package dev.sealcheck.conformance.property;

import java.util.List;

/** The fields of an envelope, docs/PROTOCOL.md section 2. */
final class FieldNames {

  /** Those of fixed size. */
  static final List<String> SIZED =
      List.of("client_dh_public_key", "node_dh_public_key", "nonce", "salt", "plaintext_body_hash");

  /** Those in base64. */
  static final List<String> BASE64 =
      List.of(
          "ciphertext",
          "client_dh_public_key",
          "node_dh_public_key",
          "nonce",
          "salt",
          "plaintext_body_hash");

  /** All of a chat request that names no units. */
  static final List<String> OF_CHAT =
      List.of(
          "ciphertext",
          "client_dh_public_key",
          "node_dh_public_key",
          "nonce",
          "salt",
          "plaintext_body_hash",
          "stack_small_id",
          "model_name",
          "stream");

  private FieldNames() {}
}
