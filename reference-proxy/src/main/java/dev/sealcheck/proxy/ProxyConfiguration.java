package dev.sealcheck.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.server.YamlFile;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;
import dev.sealcheck.proxy.registry.ModelEntry;
import dev.sealcheck.proxy.registry.NodeEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of the configuration file.
 *
 * @param users who may ask; where there are none, one is made at start
 * @param requestsPerMinute the rate limits of users who have one of their own
 * @param nodes who may register
 * @param models what is offered
 */
record ProxyConfiguration(
    List<User> users,
    Map<UserId, Long> requestsPerMinute,
    List<NodeEntry> nodes,
    List<ModelEntry> models) {

  /**
   * Reads {@code users}, {@code nodes} and {@code models}.
   *
   * @throws IOException if an entry is wrong; the message says which
   */
  static ProxyConfiguration of(ObjectNode file) throws IOException {
    List<User> users = new ArrayList<>();
    Map<UserId, Long> limits = new HashMap<>();
    for (UserEntry entry : entries(file, "users", UserEntry.class)) {
      users.add(entry.toUser());
      entry.requestsPerMinute().ifPresent(limit -> limits.put(new UserId(entry.id()), limit));
    }
    return new ProxyConfiguration(
        users,
        limits,
        entries(file, "nodes", NodeEntry.class),
        entries(file, "models", ModelEntry.class));
  }

  private static <T> List<T> entries(ObjectNode file, String name, Class<T> type)
      throws IOException {
    JsonNode list = file.path(name);
    List<T> entries = new ArrayList<>();
    if (list.isMissingNode() || list.isNull()) {
      return entries;
    }
    if (!list.isArray()) {
      throw new IOException(name + " must be a list");
    }
    for (int i = 0; i < list.size(); i++) {
      entries.add(YamlFile.as(type, list.get(i), name + "[" + i + "]"));
    }
    return entries;
  }
}
