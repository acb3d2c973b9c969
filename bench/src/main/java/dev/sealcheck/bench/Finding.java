package dev.sealcheck.bench;

/**
 * One bar of the soak.
 *
 * @param bar what must hold
 * @param met whether it does
 * @param figures what was measured
 */
record Finding(String bar, boolean met, String figures) {

  /** One line of the report. */
  String line() {
    return String.format("%-4s  %-58s %s", met ? "met" : "MISS", bar, figures);
  }
}
