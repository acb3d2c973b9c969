package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The configuration file of the reference proxy for one node and some users. */
final class ProxyConfig {

  static final int NODE_ID = 1;
  static final List<String> MODELS = List.of("sealcheck/chat-small", "sealcheck/chat-large");

  /** A hundred stacks of the default size: no check runs into an empty account by accident. */
  private static final long BALANCE = 100_000_000L;

  /** Units that a node's stack costs, one for one. */
  private static final long PRICE = 1_000_000L;

  private ProxyConfig() {}

  /** YAML that names the users by the hash of their token and the node by its address. */
  static String yaml(List<TestUser> users, String nodeAddress) {
    StringBuilder yaml = new StringBuilder("users:\n");
    int id = 0;
    for (TestUser user : users) {
      id++;
      yaml.append(
          "  - {id: %d, token_sha256: \"%s\", balance: %d}\n"
              .formatted(id, sha256Hex(user.token()), BALANCE));
    }
    yaml.append(
        "nodes:\n  - {id: %d, address: \"%s\", models: [%s], price: %d}\n"
            .formatted(NODE_ID, nodeAddress, String.join(", ", MODELS), PRICE));
    yaml.append("models:\n");
    MODELS.forEach(model -> yaml.append("  - {name: %s, kind: chat}\n".formatted(model)));
    return yaml.toString();
  }

  private static String sha256Hex(BearerToken token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(token.secret().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every Java must have", e);
    }
  }
}
