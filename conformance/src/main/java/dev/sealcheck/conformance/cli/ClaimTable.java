package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.attestation.Appraisal;
import dev.sealcheck.conformance.attestation.Claim;
import dev.sealcheck.conformance.attestation.DeviceAppraisal;
import dev.sealcheck.conformance.report.Paragraph;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** An appraisal as lines of text for people. */
final class ClaimTable {

  private final Appraisal appraisal;

  ClaimTable(Appraisal appraisal) {
    this.appraisal = appraisal;
  }

  /** Prints every claim with its reason, the facts of each device, and what it all comes to. */
  void print(PrintWriter out) {
    out.println("evidence");
    print(out, appraisal.evidence());
    int number = 1;
    for (DeviceAppraisal device : appraisal.devices()) {
      out.println();
      out.println("device " + number + ", " + device.kind().word());
      print(out, device.claims());
      device.facts().forEach((name, text) -> line(out, "says", name, Paragraph.printable(text)));
      number++;
    }
    out.println();
    out.println(verdict());
    if (appraisal.emulated()) {
      out.println("The root is emulated: whatever it vouches for proves nothing outside a test.");
    }
  }

  private String verdict() {
    int wrong = appraisal.falseClaims().size();
    int unchecked = appraisal.uncheckedClaims().size();
    if (wrong > 0) {
      return Paragraph.counted(wrong, "claim") + " false: do not trust this node's key.";
    }
    return unchecked > 0
        ? "No claim is false, " + unchecked + " could not be judged: name an --allow-list."
        : "Every claim is true.";
  }

  private static void print(PrintWriter out, List<Claim> claims) {
    for (Claim claim : claims) {
      String found = claim.outcome().name().toLowerCase(Locale.ROOT);
      line(out, found, claim.name(), Paragraph.printable(claim.reason()));
    }
  }

  private static void line(PrintWriter out, String found, String name, String text) {
    out.println(String.format(Locale.ROOT, "  %-9s  %-53s  %s", found, name, text).stripTrailing());
  }
}
