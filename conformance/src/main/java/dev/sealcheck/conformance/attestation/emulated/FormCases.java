package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.attestation.Report;
import dev.sealcheck.conformance.attestation.emulated.EmulatedReport.OpaqueEntry;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reports whose form is wrong, signed after the change; and two whose form is merely unusual. */
final class FormCases {
  private static final int UNKNOWN_TYPE = 200;
  private static final int VALUE_SIZE_AT = 5;

  private FormCases() {}

  static List<EvidenceCase> all() {
    return List.of(
        signed(
            "unknown-opaque-type",
            "An entry of a type that nobody knows is no reason to refuse.",
            Wrong.NOTHING,
            report -> report.withEntry(new OpaqueEntry(UNKNOWN_TYPE, 3, Bytes.utf8("new")))),
        signed(
            "empty-opaque-entry",
            "An entry of no bytes is an entry.",
            Wrong.NOTHING,
            report -> report.withEntry(new OpaqueEntry(UNKNOWN_TYPE, 0, Bytes.empty()))),
        form(
            "record-length-past-end",
            "The record says it is longer than the report: a read beyond the buffer.",
            report -> report.withRecordLength(0xffffff)),
        form(
            "record-length-one-block-short",
            "64 blocks are announced with the bytes of 63: the opaque data would begin in a block.",
            report -> report.withRecordLength(63 * EmulatedReport.BLOCK_BYTES)),
        form(
            "record-length-between-blocks",
            "The record ends inside a block.",
            report -> report.withRecordLength(64 * EmulatedReport.BLOCK_BYTES - 1)),
        form(
            "block-count-too-low",
            "63 blocks are announced with the bytes of 64.",
            report -> report.withBlockCount(63)),
        form(
            "block-count-too-high",
            "65 blocks are announced with the bytes of 64.",
            report -> report.withBlockCount(65)),
        form("block-count-zero", "No block is announced.", report -> report.withBlockCount(0)),
        form(
            "specification-2",
            "A block follows another specification than DMTF's, so its value means something else.",
            report -> report.withBlock(1, EmulatedReport.block(1, 2, value()))),
        form(
            "block-index-zero",
            "Blocks are counted from 1.",
            report -> report.withBlock(1, EmulatedReport.block(0, 1, value()))),
        form(
            "block-index-65",
            "There are 64 blocks.",
            report -> report.withBlock(64, EmulatedReport.block(65, 1, value()))),
        form(
            "block-index-twice",
            "Two values for one block: a verifier that keeps the last one compares the wrong one.",
            report -> report.withBlock(2, EmulatedReport.block(1, 1, value()))),
        form(
            "block-value-shorter",
            "A block says that its value has 47 bytes, and has 48.",
            report -> report.withBlock(1, shortBlock())),
        form(
            "opaque-length-past-end",
            "The opaque data say they are longer than the report.",
            report -> report.withOpaqueLength(0xffff)),
        form(
            "opaque-length-into-signature",
            "The opaque data reach one byte into the signature.",
            report -> report.withOpaqueLength(report.opaqueLength() + 1)),
        form(
            "opaque-length-too-short",
            "The opaque data end inside their last entry, and one byte is left over.",
            report -> report.withOpaqueLength(report.opaqueLength() - 1)),
        form(
            "opaque-entry-past-end",
            "The last entry says it is longer than the opaque data.",
            report -> report.withEntry(new OpaqueEntry(UNKNOWN_TYPE, 9, Bytes.utf8("short")))),
        form(
            "opaque-type-twice",
            "Two driver versions, the allowed one and another: which one is true?",
            report ->
                report.withEntry(
                    OpaqueEntry.of(OpaqueType.DRIVER_VERSION, Bytes.utf8("1.00.00.00\0")))),
        after(
            "byte-behind-signature",
            "One byte follows the signature.",
            whole -> Bytes.concat(whole, Bytes.hex("00"))),
        after("empty-report", "There is no report.", whole -> Bytes.empty()));
  }

  private static EvidenceCase form(
      String name, String comment, UnaryOperator<EmulatedReport> change) {
    return signed(name, comment, Wrong.REPORT, change);
  }

  /** A case whose report goes through {@code change} before it is signed. */
  static EvidenceCase signed(
      String name, String comment, Set<String> wrong, UnaryOperator<EmulatedReport> change) {
    return new EvidenceCase(
        name,
        comment,
        wrong,
        setting -> setting.alone((gpu, report) -> gpu.entry(gpu.signed(change.apply(report)))));
  }

  private static EvidenceCase after(String name, String comment, UnaryOperator<Bytes> change) {
    return new EvidenceCase(
        name,
        comment,
        Wrong.REPORT,
        setting -> setting.alone((gpu, report) -> gpu.entry(change.apply(gpu.signed(report)))));
  }

  private static Bytes shortBlock() {
    Bytes block = EmulatedReport.block(1, 1, value());
    return Bytes.concat(
        block.slice(0, VALUE_SIZE_AT),
        Bytes.hex("2f00"),
        block.slice(VALUE_SIZE_AT + 2, block.length()));
  }

  private static Bytes value() {
    return Bytes.owning(new byte[Report.MEASUREMENT_BYTES]);
  }
}
