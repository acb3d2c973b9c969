package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.ScriptedNodePlace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The configuration file of the reference proxy, written entry by entry. */
final class ProxyConfig {

  static final int NODE_ID = 1;

  /** Beyond the ids of the nodes that the suite plays. */
  static final int ROTATING_NODE_ID = 100;

  static final String ROTATING_MODEL = "sealcheck/rotating";
  static final String CHAT_MODEL = "sealcheck/chat-small";
  static final String OTHER_CHAT_MODEL = "sealcheck/chat-large";
  static final String EMBEDDINGS_MODEL = "sealcheck/embed";
  static final String IMAGE_MODEL = "sealcheck/image";
  static final List<String> MODELS =
      List.of(CHAT_MODEL, OTHER_CHAT_MODEL, EMBEDDINGS_MODEL, IMAGE_MODEL);

  /** A hundred stacks of the default size: no check runs into an empty account by accident. */
  static final long AMPLE_BALANCE = 100_000_000L;

  /** Units that a stack costs, one for one. */
  private static final long PRICE = 1_000_000L;

  /** What a counting user pays: two stacks of the default size. */
  static final long COUNTING_BALANCE = 2 * PRICE;

  private final StringBuilder users = new StringBuilder("users:\n");
  private final StringBuilder nodes = new StringBuilder("nodes:\n");
  private final StringBuilder models = new StringBuilder("models:\n");
  private int userCount;

  ProxyConfig(String nodeAddress) {
    node(NODE_ID, nodeAddress, MODELS);
    model(CHAT_MODEL, "chat");
    model(OTHER_CHAT_MODEL, "chat");
    model(EMBEDDINGS_MODEL, "embedding");
    model(IMAGE_MODEL, "image");
  }

  /** Adds a user, known by the hash of its token. */
  void user(BearerToken token, long balance) {
    users.append(entry(token, balance) + "}\n");
  }

  /** Adds a user with a rate limit of its own. */
  void limitedUser(BearerToken token, int requestsPerMinute) {
    users.append(
        entry(token, AMPLE_BALANCE) + ", requests_per_minute: %d}\n".formatted(requestsPerMinute));
  }

  /** Adds the node whose key changes during a run, with its model. */
  void rotatingNode(String address) {
    node(ROTATING_NODE_ID, address, List.of(ROTATING_MODEL));
    model(ROTATING_MODEL, "chat");
  }

  /** Adds a node that the suite plays, with its model. */
  void scriptedNode(ScriptedNodePlace place) {
    node(place.smallId(), place.key().address(), List.of(place.model()));
    model(place.model(), "chat");
  }

  /** The file's text, YAML. */
  String yaml() {
    return users.toString() + nodes + models;
  }

  private String entry(BearerToken token, long balance) {
    userCount++;
    return "  - {id: %d, token_sha256: \"%s\", balance: %d"
        .formatted(userCount, sha256Hex(token), balance);
  }

  private void node(long id, String address, List<String> served) {
    nodes.append(
        "  - {id: %d, address: \"%s\", models: [%s], price: %d}\n"
            .formatted(id, address, String.join(", ", served), PRICE));
  }

  private void model(String name, String kind) {
    models.append("  - {name: %s, kind: %s}\n".formatted(name, kind));
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
