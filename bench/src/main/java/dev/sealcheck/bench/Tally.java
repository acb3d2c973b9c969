package dev.sealcheck.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the client threads saw; safe for use by all of them. */
final class Tally {

  private static final int MOST_SURPRISES_KEPT = 20;

  /** How a request ended. */
  enum Outcome {
    /** As its kind says. */
    EXPECTED,
    /** In a failure that a restart of the node explains. */
    LOST_TO_RESTART,
    /** In a lost connection while the client was still sending a body that is too large. */
    CUT_OFF,
    /** Otherwise. */
    UNEXPECTED
  }

  private final Map<Kind, Map<Outcome, Integer>> counts = new EnumMap<>(Kind.class);
  private final List<String> surprises = new ArrayList<>();
  private long requests;
  private long unexpected;
  private long steadyUnits;
  private long leavingUnits;
  private long departures;
  private long wrongCharges;
  private long overbookings;

  /** Notes the end of one request. */
  synchronized void count(Kind kind, Outcome outcome) {
    requests++;
    counts.computeIfAbsent(kind, k -> new EnumMap<>(Outcome.class)).merge(outcome, 1, Integer::sum);
    if (outcome == Outcome.UNEXPECTED) {
      unexpected++;
    }
  }

  /** Notes in words what was not as it should be. */
  synchronized void surprise(Kind kind, String what) {
    if (surprises.size() < MOST_SURPRISES_KEPT) {
      surprises.add(kind + ": " + what);
    }
  }

  /** Adds what a completed answer must have been charged. */
  synchronized void charge(long units) {
    steadyUnits += units;
  }

  /** Notes what a client that left was charged, and whether that is a possible charge. */
  synchronized void depart(long units, boolean possible) {
    departures++;
    leavingUnits += units;
    if (!possible) {
      wrongCharges++;
    }
  }

  /** Notes a stack on which more was used and reserved than it holds. */
  synchronized void overbook() {
    overbookings++;
  }

  synchronized long requests() {
    return requests;
  }

  synchronized long unexpected() {
    return unexpected;
  }

  synchronized long steadyUnits() {
    return steadyUnits;
  }

  synchronized long leavingUnits() {
    return leavingUnits;
  }

  synchronized long departures() {
    return departures;
  }

  synchronized long wrongCharges() {
    return wrongCharges;
  }

  synchronized long overbookings() {
    return overbookings;
  }

  /** The first surprises, in words. */
  synchronized List<String> surprises() {
    return List.copyOf(surprises);
  }

  /** How many requests of a kind ended so. */
  synchronized int counted(Kind kind, Outcome outcome) {
    return counts.getOrDefault(kind, Map.of()).getOrDefault(outcome, 0);
  }
}
