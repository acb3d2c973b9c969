package dev.sealcheck.conformance.attestation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.List;
import java.util.Locale;

/** An appraisal as JSON, its claims with the values that NVIDIA's claims version 3.0 gives them. */
public final class AppraisalJson {
  private AppraisalJson() {}

  /**
   * The object: {@code holds}, {@code root}, {@code false_claims}, {@code unchecked_claims}, {@code
   * evidence} with the claims of the whole and {@code devices} with those of each; a claim that was
   * skipped or not checked is null, and {@code reasons} says why a claim is not true.
   */
  public static ObjectNode of(Appraisal appraisal) {
    ObjectNode json = StrictJson.object();
    json.put("holds", appraisal.holds());
    json.put("root", appraisal.emulated() ? "emulated, proves nothing" : "as named");
    ArrayNode wrong = json.putArray("false_claims");
    appraisal.falseClaims().forEach(wrong::add);
    ArrayNode unchecked = json.putArray("unchecked_claims");
    appraisal.uncheckedClaims().forEach(unchecked::add);
    add(json.putObject("evidence"), appraisal.evidence());
    ArrayNode devices = json.putArray("devices");
    for (DeviceAppraisal device : appraisal.devices()) {
      ObjectNode one = devices.addObject();
      one.put("x-nvidia-device-type", device.kind().word());
      device.facts().forEach(one::put);
      add(one, device.claims());
    }
    return json;
  }

  private static void add(ObjectNode json, List<Claim> claims) {
    ObjectNode reasons = StrictJson.object();
    for (Claim claim : claims) {
      switch (claim.outcome()) {
        case TRUE -> putValue(json, claim.name(), true);
        case FALSE -> putValue(json, claim.name(), false);
        case SKIPPED, UNCHECKED -> json.putNull(claim.name());
      }
      if (claim.outcome() != Claim.Outcome.TRUE) {
        String found = claim.outcome().name().toLowerCase(Locale.ROOT);
        reasons.put(claim.name(), found + ": " + claim.reason());
      }
    }
    json.set("reasons", reasons);
  }

  private static void putValue(ObjectNode json, String name, boolean holds) {
    switch (name) {
      case "measres" -> json.put(name, holds ? "success" : "fail");
      case "dbgstat" -> json.put(name, holds ? "disabled" : "enabled");
      default -> {
        if (name.endsWith("-cert-chain")) {
          ObjectNode chain = json.putObject(name);
          chain.put("x-nvidia-cert-status", holds ? "valid" : "invalid");
          chain.put("x-nvidia-cert-ocsp-status", "skipped");
        } else {
          json.put(name, holds);
        }
      }
    }
  }
}
