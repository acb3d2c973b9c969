package dev.sealcheck.proxy.registry;

import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The nodes and models of the configuration, and the nodes that have registered. */
public final class Registry {

  private final Map<String, ModelEntry> models = new LinkedHashMap<>();
  private final Map<Long, NodeEntry> nodes = new LinkedHashMap<>();
  private final Map<Long, RegisteredNode> registered = new ConcurrentHashMap<>();
  private final Map<Long, X25519PublicKey> proven = new ConcurrentHashMap<>();
  private final boolean proofRequired;

  /**
   * A registry of what is configured; nodes need to prove nothing.
   *
   * @throws IllegalArgumentException if a name or id stands twice, or a node serves an unknown
   *     model
   */
  public Registry(Collection<ModelEntry> models, Collection<NodeEntry> nodes) {
    this(models, nodes, false);
  }

  /**
   * A registry of what is configured.
   *
   * @param proofRequired whether only nodes are offered that have proven the key they have now
   * @throws IllegalArgumentException if a name or id stands twice, or a node serves an unknown
   *     model
   */
  public Registry(
      Collection<ModelEntry> models, Collection<NodeEntry> nodes, boolean proofRequired) {
    this.proofRequired = proofRequired;
    for (ModelEntry model : models) {
      if (this.models.put(model.name(), model) != null) {
        throw new IllegalArgumentException("model " + model.name() + " stands twice");
      }
    }
    for (NodeEntry node : nodes) {
      if (this.nodes.put(node.id(), node) != null) {
        throw new IllegalArgumentException("node " + node.id() + " stands twice");
      }
      for (String model : node.models()) {
        if (!this.models.containsKey(model)) {
          throw new IllegalArgumentException(
              "node " + node.id() + " serves " + model + ", which is no model here");
        }
      }
    }
  }

  /** All models, in the order of the configuration. */
  public List<ModelEntry> models() {
    return List.copyOf(models.values());
  }

  /** The model of that name. */
  public Optional<ModelEntry> model(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** Whether this registration is signed by the signer that is configured for its id. */
  public boolean isAuthentic(NodeRegistration registration) {
    NodeEntry entry = nodes.get(registration.id());
    return entry != null
        && entry.address().equals(registration.signature().address())
        && registration.signature().verifies(registration.hash());
  }

  /** Takes an authentic registration; an earlier one of the same node is replaced. */
  public void accept(NodeRegistration registration) {
    NodeEntry entry = nodes.get(registration.id());
    registered.put(
        entry.id(),
        new RegisteredNode(
            entry.id(), entry.address(), registration.url(), registration.publicKey()));
  }

  /** Takes a key that a node has proven: it is the node's key from now on. */
  public void prove(long id, X25519PublicKey key) {
    proven.put(id, key);
    registered.computeIfPresent(
        id, (same, node) -> new RegisteredNode(id, node.address(), node.url(), key));
  }

  /** The one signer of each configured node, by its id. */
  public Map<Long, Address> signers() {
    return nodes.values().stream()
        .collect(Collectors.toUnmodifiableMap(NodeEntry::id, NodeEntry::address));
  }

  /** The key that a client of an offered node is to seal to. */
  public Optional<X25519PublicKey> offeredKey(long id) {
    return proofRequired
        ? Optional.ofNullable(proven.get(id))
        : node(id).map(RegisteredNode::publicKey);
  }

  /** The registered node of that id. */
  public Optional<RegisteredNode> node(long id) {
    return Optional.ofNullable(registered.get(id));
  }

  /**
   * The registered nodes that serve a model, the cheapest first; where proof is required, only
   * those that have proven the key they have now.
   */
  public List<NodeEntry> serving(String model) {
    return nodes.values().stream()
        .filter(node -> node.models().contains(model) && isOffered(node.id()))
        .sorted(Comparator.comparingLong(NodeEntry::price))
        .toList();
  }

  private boolean isOffered(long id) {
    RegisteredNode node = registered.get(id);
    return node != null && (!proofRequired || node.publicKey().equals(proven.get(id)));
  }
}
