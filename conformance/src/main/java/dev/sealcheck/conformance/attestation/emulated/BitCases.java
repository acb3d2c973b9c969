package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.client.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** One bit in each region of a good report turned over, or the report cut at a boundary. */
final class BitCases {
  private static final int NONCE_AT = 4;
  private static final int SLOT_AT = 36;
  private static final int RESPONSE_AT = 37;
  private static final int COUNT_AT = 41;
  private static final int RECORD_LENGTH_AT = 42;
  private static final int FIRST_VALUE_AT = EmulatedReport.BLOCKS_AT + 7;
  private static final int OPAQUE_HEAD_BYTES = 4;

  private BitCases() {}

  static List<EvidenceCase> flips() {
    Set<String> nonce = Wrong.all(Wrong.NONCE, Wrong.SIGNATURE);
    Set<String> measured = Wrong.all(Wrong.MEASUREMENTS, Wrong.SIGNATURE);
    List<EvidenceCase> cases = new ArrayList<>();
    cases.add(flip("request-version", Wrong.REPORT, report -> 0));
    cases.add(flip("request-code", Wrong.REPORT, report -> 1));
    cases.add(flip("request-param-1", Wrong.REPORT, report -> 2));
    cases.add(flip("request-param-2", Wrong.REPORT, report -> 3));
    cases.add(flip("request-nonce", nonce, report -> NONCE_AT));
    cases.add(flip("request-nonce-end", nonce, report -> SLOT_AT - 1));
    cases.add(flip("request-slot", Wrong.REPORT, report -> SLOT_AT));
    cases.add(flip("response-version", Wrong.REPORT, report -> RESPONSE_AT));
    cases.add(flip("response-code", Wrong.REPORT, report -> RESPONSE_AT + 1));
    cases.add(flip("response-param-1", Wrong.REPORT, report -> RESPONSE_AT + 2));
    cases.add(flip("response-param-2", Wrong.REPORT, report -> RESPONSE_AT + 3));
    cases.add(flip("block-count", Wrong.REPORT, report -> COUNT_AT));
    cases.add(flip("record-length", Wrong.REPORT, report -> RECORD_LENGTH_AT));
    cases.add(flip("block-index", Wrong.REPORT, report -> EmulatedReport.BLOCKS_AT));
    cases.add(flip("block-specification", Wrong.REPORT, report -> EmulatedReport.BLOCKS_AT + 1));
    cases.add(flip("block-size", Wrong.REPORT, report -> EmulatedReport.BLOCKS_AT + 2));
    cases.add(flip("block-value-type", Wrong.REPORT, report -> EmulatedReport.BLOCKS_AT + 4));
    cases.add(flip("block-value-size", Wrong.REPORT, report -> EmulatedReport.BLOCKS_AT + 5));
    cases.add(flip("measurement-first", measured, report -> FIRST_VALUE_AT));
    cases.add(flip("measurement-unused", measured, report -> responderNonceAt(report) - 1));
    cases.add(flip("responder-nonce", Wrong.SIGNATURE, BitCases::responderNonceAt));
    cases.add(flip("opaque-length", Wrong.REPORT, BitCases::opaqueLengthAt));
    cases.add(
        flip(
            "opaque-type",
            Wrong.SIGNATURE,
            report -> report.offsetOf(OpaqueType.BOARD_ID) - OPAQUE_HEAD_BYTES + 1));
    cases.add(
        flip("opaque-size", Wrong.REPORT, report -> report.offsetOf(OpaqueType.BOARD_ID) - 1));
    cases.add(flip("board-id", Wrong.SIGNATURE, report -> report.offsetOf(OpaqueType.BOARD_ID)));
    cases.add(
        flip(
            "driver-version",
            Wrong.all(Wrong.DRIVER, Wrong.SIGNATURE),
            report -> report.offsetOf(OpaqueType.DRIVER_VERSION)));
    cases.add(
        flip(
            "vbios-version",
            Wrong.all(Wrong.VBIOS, Wrong.SIGNATURE),
            report -> report.offsetOf(OpaqueType.VBIOS_VERSION)));
    cases.add(
        flip(
            "fwid",
            Wrong.all(Wrong.FIRMWARE, Wrong.SIGNATURE),
            report -> report.offsetOf(OpaqueType.FWID)));
    cases.add(flip("signature-r", Wrong.SIGNATURE, report -> report.unsigned().length()));
    cases.add(flip("signature-s", Wrong.SIGNATURE, report -> report.unsigned().length() + 95));
    return cases;
  }

  static List<EvidenceCase> truncations() {
    return List.of(
        cut("in-request-nonce", report -> NONCE_AT + 16),
        cut("after-request", report -> RESPONSE_AT),
        cut("after-response-head", report -> EmulatedReport.BLOCKS_AT),
        cut("in-first-block", report -> FIRST_VALUE_AT),
        cut("after-first-block", report -> EmulatedReport.BLOCKS_AT + EmulatedReport.BLOCK_BYTES),
        cut("after-blocks", BitCases::responderNonceAt),
        cut("after-responder-nonce", BitCases::opaqueLengthAt),
        cut("in-opaque-length", report -> opaqueLengthAt(report) + 1),
        cut("after-opaque-length", report -> opaqueLengthAt(report) + 2),
        cut("in-opaque-data", report -> report.offsetOf(OpaqueType.FWID)),
        cut("after-opaque-data", report -> report.unsigned().length()),
        cut("after-r", report -> report.unsigned().length() + 48),
        cut("last-byte", report -> report.unsigned().length() + 95));
  }

  private static int responderNonceAt(EmulatedReport report) {
    return EmulatedReport.BLOCKS_AT + report.recordLength();
  }

  private static int opaqueLengthAt(EmulatedReport report) {
    return responderNonceAt(report) + report.responderNonce().length();
  }

  /** The lowest bit of the byte at {@code place}; nothing is signed again. */
  private static EvidenceCase flip(
      String region, Set<String> wrong, ToIntFunction<EmulatedReport> place) {
    return new EvidenceCase(
        "flipped-" + region,
        "One bit of the region is turned over, and the signature is the old one.",
        wrong,
        setting ->
            setting.alone(
                (gpu, report) ->
                    gpu.entry(gpu.signed(report).flippedBit(8 * place.applyAsInt(report)))));
  }

  private static EvidenceCase cut(String where, ToIntFunction<EmulatedReport> length) {
    return new EvidenceCase(
        "truncated-" + where,
        "The report ends early: a read beyond it, or a default for what is missing.",
        Wrong.REPORT,
        setting ->
            setting.alone(
                (gpu, report) -> {
                  Bytes whole = gpu.signed(report);
                  return gpu.entry(whole.slice(0, length.applyAsInt(report)));
                }));
  }
}
