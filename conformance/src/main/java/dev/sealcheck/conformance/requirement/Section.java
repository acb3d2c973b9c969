package dev.sealcheck.conformance.requirement;

import java.util.Map;

/**
 * A part of the ledger: the rows whose ids begin alike.
 *
 * @param prefix the capitals before the hyphen of each id
 * @param title what the rows are about
 */
public record Section(String prefix, String title) {

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("LOCK", "Locks"),
          Map.entry("REQ", "Envelope and body"),
          Map.entry("ENC", "Sealing"),
          Map.entry("HASH", "Hashes"),
          Map.entry("SIG", "Signatures"),
          Map.entry("STR", "Streams"),
          Map.entry("ERR", "Refusals"),
          Map.entry("ACC", "Units"),
          Map.entry("ATT", "Attestation and keys"),
          Map.entry("SEC", "Security"),
          Map.entry("INT", "Existing clients"),
          Map.entry("CLI", "Clients"));

  /** The section of that prefix; one that this suite has no title for is called by its prefix. */
  static Section of(String prefix) {
    return new Section(prefix, TITLES.getOrDefault(prefix, prefix));
  }
}
