package dev.sealcheck.conformance.integration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the checks turn red that the man in the middle cannot reach: he stands between client and
 * proxy and sees neither the node, its engine, its logs, the books nor the raw bytes of a
 * connection. Each was seen so once, with the defect planted in a copy of the reference, which was
 * built for that and thrown away; the fault gallery of the reference is to make them permanent.
 */
final class SeenRed {

  private static final Map<String, String> ROWS = new LinkedHashMap<>();
  private static final Map<String, String> CHECKS = new LinkedHashMap<>();

  static {
