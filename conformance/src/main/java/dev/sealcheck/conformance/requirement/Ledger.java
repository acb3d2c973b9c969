package dev.sealcheck.conformance.requirement;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All requirements in the order of the ledger, with unique ids. */
public final class Ledger {

  private static final String RESOURCE = "/features/requirements.yaml";

  private final Map<String, Requirement> rows;

  private Ledger(Map<String, Requirement> rows) {
    this.rows = Collections.unmodifiableMap(rows);
  }

  /**
   * The ledger that this suite carries.
   *
   * @throws LedgerException if it is missing or wrong
   */
  public static Ledger load() {
    try (InputStream yaml = Ledger.class.getResourceAsStream(RESOURCE)) {
      if (yaml == null) {
        throw new LedgerException("the ledger is missing from the suite: " + RESOURCE);
      }
      return read(yaml);
    } catch (IOException e) {
      throw new LedgerException("the ledger cannot be read: " + RESOURCE, e);
    }
  }

  /**
   * The ledger in {@code yaml}, a list of rows with the keys of {@link Requirement}.
   *
   * @throws LedgerException if it is no such list; the message names the row and the key
   * @throws IOException if reading fails
   */
  public static Ledger read(InputStream yaml) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode list;
    try {
      list = mapper.readTree(yaml);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new LedgerException("the ledger is not YAML: " + e.getOriginalMessage(), e);
    }
    if (!list.isArray() || list.isEmpty()) {
      throw new LedgerException("the ledger is not a list of rows");
    }
    Map<String, Requirement> rows = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode row : list) {
      number++;
      Requirement requirement = new LedgerRow(number, row).requirement();
      if (rows.put(requirement.id(), requirement) != null) {
        throw new LedgerException("row " + number + ": id " + requirement.id() + " stands twice");
      }
    }
    return new Ledger(rows);
  }

  /** All rows, in the order of the ledger. */
  public Collection<Requirement> rows() {
    return rows.values();
  }

  /** The row with that id, or empty where the ledger has none. */
  public Optional<Requirement> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }
}
