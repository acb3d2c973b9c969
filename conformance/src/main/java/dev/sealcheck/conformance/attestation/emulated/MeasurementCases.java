package dev.sealcheck.conformance.attestation.emulated;

import static dev.sealcheck.conformance.attestation.emulated.FormCases.signed;

import dev.sealcheck.conformance.attestation.OpaqueType;
import dev.sealcheck.conformance.attestation.Report;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;

/** Devices that run what the allow-list does not hold, and say so truly. */
final class MeasurementCases {
  private static final int DEBUG_BLOCK = 64;
  private static final int UNUSED_BLOCK = 50;

  private MeasurementCases() {}

  static List<EvidenceCase> all() {
    return List.of(
        signed(
            "debug-enabled",
            "The device is being debugged: measurement 64 is its mark.",
            Wrong.MEASUREMENTS,
            report -> report.withMeasurement(DEBUG_BLOCK, filled("db"))),
        signed(
            "measurement-not-allowed",
            "Measurement 1 is none of those that are allowed.",
            Wrong.MEASUREMENTS,
            report -> report.withMeasurement(1, filled("11"))),
        signed(
            "measurement-zero",
            "A measurement that is allowed one value is zero: unused is no value.",
            Wrong.MEASUREMENTS,
            report -> report.withMeasurement(1, filled("00"))),
        signed(
            "unused-measurement-used",
            "A block that good devices leave unused holds something.",
            Wrong.MEASUREMENTS,
            report -> report.withMeasurement(UNUSED_BLOCK, filled("22"))),
        signed(
            "driver-not-allowed",
            "The driver has another version.",
            Wrong.DRIVER,
            report -> report.withOpaque(OpaqueType.DRIVER_VERSION, Bytes.utf8("535.54.03\0"))),
        signed(
            "driver-longer",
            "The driver's version begins with the allowed one.",
            Wrong.DRIVER,
            report -> report.withOpaque(OpaqueType.DRIVER_VERSION, Bytes.utf8("550.90.071\0"))),
        signed(
            "no-driver-version",
            "The report names no driver.",
            Wrong.DRIVER,
            report -> report.withoutOpaque(OpaqueType.DRIVER_VERSION)),
        signed(
            "vbios-not-allowed",
            "The VBIOS has another version.",
            Wrong.VBIOS,
            report -> report.withOpaque(OpaqueType.VBIOS_VERSION, Bytes.hex("009f009602000000"))),
        signed(
            "vbios-too-short",
            "The VBIOS version has four bytes of the five that are shown.",
            Wrong.VBIOS,
            report -> report.withOpaque(OpaqueType.VBIOS_VERSION, Bytes.hex("009f0096"))));
  }

  private static Bytes filled(String hex) {
    return Bytes.hex(hex.repeat(Report.MEASUREMENT_BYTES));
  }
}
