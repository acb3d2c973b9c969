package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.verdict.NotApplicable;
import java.util.Optional;
import java.util.Set;

/**
 * What the target serves, as far as it is known.
 *
 * @param chat the chat model; empty to take the first that the target lists
 * @param otherChat a second chat model that the same user may use
 * @param embeddings a model for embeddings
 * @param images a model for images
 * @param endpoints the confidential endpoints that are served
 */
public record Offer(
    Optional<String> chat,
    Optional<String> otherChat,
    Optional<String> embeddings,
    Optional<String> images,
    Set<Endpoint> endpoints) {

  /** Copies the set. */
  public Offer {
    endpoints = Set.copyOf(endpoints);
  }

  /** Chat with the first model that the target lists, and nothing else. */
  public static Offer chatOnly() {
    return new Offer(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(Endpoint.CHAT));
  }

  /** This offer with that model to chat with. */
  public Offer withChat(String model) {
    return new Offer(Optional.of(model), otherChat, embeddings, images, endpoints);
  }

  /**
   * A second chat model.
   *
   * @throws NotApplicable if none is known
   */
  public String requireOtherChat() {
    return otherChat.orElseThrow(
        () -> new NotApplicable("a second chat model (profile: models.other_chat)"));
  }

  /**
   * The model for embeddings.
   *
   * @throws NotApplicable if none is known or embeddings are not offered
   */
  public String requireEmbeddings() {
    require(Endpoint.EMBEDDINGS);
    return embeddings.orElseThrow(
        () -> new NotApplicable("an embeddings model (profile: models.embeddings)"));
  }

  /**
   * The model for images.
   *
   * @throws NotApplicable if none is known or images are not offered
   */
  public String requireImages() {
    require(Endpoint.IMAGES);
    return images.orElseThrow(() -> new NotApplicable("an image model (profile: models.images)"));
  }

  /**
   * Does nothing where {@code endpoint} is served.
   *
   * @throws NotApplicable if it is not
   */
  public void require(Endpoint endpoint) {
    if (!endpoints.contains(endpoint)) {
      throw new NotApplicable("the endpoint " + endpoint.path() + " (profile: endpoints)");
    }
  }
}
