package dev.sealcheck.conformance.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of a lock request, docs/PROTOCOL.md section 2. */
public enum LockField {
  /** How many units to lock. */
  UNITS("max_num_tokens", "units"),
  /** How many seconds the lock lives. */
  TIME("timeout", "seconds");

  private static final int LONGEST_SECONDS = 600;

  private final String key;
  private final String unit;

  LockField(String key, String unit) {
    this.key = key;
    this.unit = unit;
  }

  /** The field that features call {@code words}. */
  static LockField of(String words) {
    return words.equals("units") ? UNITS : TIME;
  }

  /**
   * A lock request with that value, which may be a number that no Java type holds.
   *
   * @param json the value as it is written
   */
  Bytes in(ObjectNode request, String json) {
    String rest = StrictJson.write(request.deepCopy().without(key)).toLenientUtf8();
    return Bytes.utf8(rest.substring(0, rest.length() - 1) + ",\"" + key + "\":" + json + "}");
  }

  /** Values that are wrong for any target, as they are written, each with words for it. */
  Map<String, String> wrongValues() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("zero " + unit, "0");
    values.put("minus one " + unit, "-1");
    values.put("1.5 " + unit, "1.5");
    values.put("5.0 " + unit, "5.0");
    values.put("1e2 " + unit, "1e2");
    values.put("a text of " + unit, "\"5\"");
    values.put("true " + unit, "true");
    if (this == TIME) {
      values.put("more than the longest time", Integer.toString(LONGEST_SECONDS + 1));
      values.put("2^32+1 " + unit, "4294967297");
    }
    values.put("2^53 " + unit, "9007199254740992");
    values.put("2^63 " + unit, "9223372036854775808");
    values.put("2^64-1 " + unit, "18446744073709551615");
    values.put("2^64 " + unit, "18446744073709551616");
    values.put("2^64+1 " + unit, "18446744073709551617");
    return values;
  }
}
