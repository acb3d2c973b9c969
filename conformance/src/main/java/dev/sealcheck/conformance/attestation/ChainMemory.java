package dev.sealcheck.conformance.attestation;

import dev.sealcheck.conformance.client.Bytes;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the chains that were good, with the time in which they stay so, so that the next report
 * of the same device costs one signature and not five. Safe for many threads.
 */
final class ChainMemory {
  private static final int MAX_CHAINS = 64;

  private final TrustedRoot root;
  private final Map<Bytes, Span> good =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Span> eldest) {
          return size() > MAX_CHAINS;
        }
      };

  private int validations;

  ChainMemory(TrustedRoot root) {
    this.root = root;
  }

  /**
   * Does nothing where the chain is good at {@code moment}.
   *
   * @param pem the text that {@code reading} was read from
   * @throws GeneralSecurityException with the rule that is broken
   */
  synchronized void require(Bytes pem, ChainReading reading, Instant moment)
      throws GeneralSecurityException {
    Span known = good.get(pem);
    if (known != null && known.holds(moment)) {
      return;
    }
    validations++;
    ChainRules.require(reading.certificates(), root, moment);
    good.put(pem, Span.of(reading));
  }

  /** How often a chain was looked at in full. */
  synchronized int validations() {
    return validations;
  }

  /** The time in which every certificate of a chain is valid, both ends included. */
  private record Span(Instant from, Instant to) {
    static Span of(ChainReading reading) {
      Instant from = Instant.MIN;
      Instant to = Instant.MAX;
      for (X509Certificate certificate : reading.certificates()) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        from = begins.isAfter(from) ? begins : from;
        to = ends.isBefore(to) ? ends : to;
      }
      return new Span(from, to);
    }

    boolean holds(Instant moment) {
      return !moment.isBefore(from) && !moment.isAfter(to);
    }
  }
}
