package dev.sealcheck.proxy.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sealcheck.protocol.signature.Address;
import java.util.List;

/**
 * A node that may register.
 *
 * @param id its small id
 * @param address the address of its signing key: the only signer taken for it
 * @param models the names of the models it serves
 * @param price balance units for 1,000,000 compute units
 */
public record NodeEntry(
    @JsonProperty(required = true) long id,
    @JsonProperty(required = true) Address address,
    @JsonProperty(required = true) List<String> models,
    @JsonProperty(required = true) long price) {

  /**
   * An entry with its own list of models.
   *
   * @throws IllegalArgumentException if id or price are not positive
   */
  public NodeEntry {
    if (id <= 0 || price <= 0) {
      throw new IllegalArgumentException("a node's id and price must be greater than zero");
    }
    models = List.copyOf(models);
  }
}
