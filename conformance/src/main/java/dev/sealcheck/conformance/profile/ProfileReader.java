package dev.sealcheck.conformance.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.exchange.BearerToken;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Turns a tree that fits the schema into a profile. */
final class ProfileReader {

  private static final String LOOPBACK = "127.0.0.1";
  private static final double NANOS_PER_SECOND = 1e9;

  private final JsonNode root;
  private final NamedFiles files;

  ProfileReader(JsonNode root, NamedFiles files) {
    this.root = root;
    this.files = files;
  }

  /**
   * The profile.
   *
   * @throws ProfileException if a file is missing or wrong, or if two keys contradict each other
   */
  ProfileFile read() {
    List<BearerToken> tokens =
        entries("/users/tokens", "users.tokens", files::tokens).stream()
            .flatMap(List::stream)
            .toList();
    Accounts accounts =
        new Accounts(
            text("/users/counting")
                .map(file -> files.tokens("users.counting", file))
                .orElse(List.of()),
            text("/users/poor").map(file -> files.token("users.poor", file)),
            text("/users/limited").map(file -> files.token("users.limited", file)));
    requireDistinct(tokens, accounts);
    Profile profile =
        new Profile(
            offer(),
            accounts,
            limits(),
            allowed(),
            counts(),
            nodeAddresses(),
            Optional.empty(),
            whole("/engine_port"),
            scriptedNodes(),
            entries("/logs", "logs", files::file),
            entries("/metrics", "metrics", ProfileReader::uri),
            new AttestationReader(root, files).read());
    return new ProfileFile(text("/proxy").map(uri -> uri("proxy", uri)), tokens, node(), profile);
  }

  private Offer offer() {
    Optional<String> embeddings = text("/models/embeddings");
    Optional<String> images = text("/models/images");
    Set<Endpoint> endpoints = EnumSet.of(Endpoint.CHAT);
    if (root.has("endpoints")) {
      endpoints.clear();
      root.get("endpoints").forEach(name -> endpoints.add(Endpoint.valueOf(constant(name))));
      if (!endpoints.contains(Endpoint.CHAT)) {
        throw new ProfileException(
            "endpoints: must have chat, since each check proves itself by a sealed chat");
      }
      requireListed(embeddings, Endpoint.EMBEDDINGS, endpoints);
      requireListed(images, Endpoint.IMAGES, endpoints);
    } else {
      embeddings.ifPresent(model -> endpoints.add(Endpoint.EMBEDDINGS));
      images.ifPresent(model -> endpoints.add(Endpoint.IMAGES));
    }
    return new Offer(
        text("/models/chat"), text("/models/other_chat"), embeddings, images, endpoints);
  }

  private static void requireListed(Optional<String> model, Endpoint needed, Set<Endpoint> listed) {
    if (model.isPresent() && !listed.contains(needed)) {
      String word = needed.name().toLowerCase(Locale.ROOT);
      throw new ProfileException("models." + word + ": endpoints does not have " + word);
    }
  }

  private Limits limits() {
    Limits documented = Limits.documented();
    JsonNode limits = root.path("limits");
    return new Limits(
        limits.path("body_bytes").asInt(documented.bodyBytes()),
        limits.path("stack_units").asLong(documented.stackUnits()),
        seconds("/limits/keep_alive_seconds"),
        seconds("/limits/body_seconds"),
        seconds("/limits/first_byte_seconds"),
        whole("/limits/requests_per_minute"),
        whole("/limits/concurrent"));
  }

  private Set<Permission> allowed() {
    Set<Permission> allowed = EnumSet.noneOf(Permission.class);
    root.path("allow").forEach(word -> allowed.add(Permission.valueOf(constant(word))));
    return allowed;
  }

  private Counts counts() {
    JsonNode counts = root.path("counts");
    Counts usual = Counts.DEFAULT;
    return new Counts(
        counts.path("answers").asInt(usual.answers()),
        counts.path("locks_in_turn").asInt(usual.locksInTurn()),
        counts.path("locks_at_once").asInt(usual.locksAtOnce()),
        counts.path("resets").asInt(usual.resets()),
        counts.path("burst").asInt(usual.burst()),
        counts.path("tries").asInt(usual.tries()));
  }

  private Map<Long, String> nodeAddresses() {
    Map<Long, String> addresses = new TreeMap<>();
    root.path("node_addresses")
        .properties()
        .forEach(
            entry -> addresses.put(Long.valueOf(entry.getKey()), entry.getValue().textValue()));
    return addresses;
  }

  private NodeParts node() {
    return new NodeParts(
        text("/node/url").map(url -> uri("node.url", url)),
        text("/node/public_key").map(key -> NodeParts.publicKey("node.public_key", key)),
        text("/node/proxy_key_file").map(file -> files.key("node.proxy_key_file", file)),
        text("/node/address"));
  }

  private List<ScriptedNodePlace> scriptedNodes() {
    List<ScriptedNodePlace> places = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (JsonNode node : root.path("scripted_nodes")) {
      String key = "scripted_nodes[" + places.size() + "]";
      ScriptedNodePlace place =
          new ScriptedNodePlace(
              node.get("id").longValue(),
              files.key(key + ".key_file", node.get("key_file").textValue()),
              node.get("model").textValue(),
              node.path("host").asText(LOOPBACK),
              node.path("port").asInt(0));
      if (!seen.add(place.smallId()) || !seen.add(place.model())) {
        throw new ProfileException(key + ": shares its id or its model with one before it");
      }
      places.add(place);
    }
    return places;
  }

  private static void requireDistinct(List<BearerToken> tokens, Accounts accounts) {
    Set<BearerToken> seen = new HashSet<>();
    requireNew(seen, tokens, "users.tokens");
    requireNew(seen, accounts.counting(), "users.counting");
    requireNew(seen, accounts.poor().stream().toList(), "users.poor");
    requireNew(seen, accounts.limited().stream().toList(), "users.limited");
  }

  private static void requireNew(Set<BearerToken> seen, List<BearerToken> tokens, String key) {
    if (!tokens.stream().allMatch(seen::add)) {
      throw new ProfileException(key + ": holds a token twice, or one that is named before it");
    }
  }

  private <T> List<T> entries(String pointer, String key, Entry<T> reading) {
    List<T> entries = new ArrayList<>();
    for (JsonNode text : root.at(pointer)) {
      entries.add(reading.read(key + "[" + entries.size() + "]", text.textValue()));
    }
    return entries;
  }

  /** How an entry of a list is read; the key is for errors. */
  private interface Entry<T> {
    T read(String key, String text);
  }

  private Optional<String> text(String pointer) {
    return Optional.ofNullable(root.at(pointer).textValue());
  }

  private OptionalInt whole(String pointer) {
    JsonNode number = root.at(pointer);
    return number.isNumber() ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
  }

  private Optional<Duration> seconds(String pointer) {
    JsonNode number = root.at(pointer);
    return number.isNumber()
        ? Optional.of(Duration.ofNanos((long) (number.doubleValue() * NANOS_PER_SECOND)))
        : Optional.empty();
  }

  static URI uri(String key, String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() == null) {
        throw new ProfileException(key + ": has no host that can be resolved");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new ProfileException(key + ": is no address");
    }
  }

  private static String constant(JsonNode word) {
    return word.textValue().toUpperCase(Locale.ROOT);
  }
}
