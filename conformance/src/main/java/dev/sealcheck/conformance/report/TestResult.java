package dev.sealcheck.conformance.report;

import dev.sealcheck.conformance.verdict.Verdict;

/**
 * How one scenario or property came out.
 *
 * @param name for people
 * @param location file and line of a scenario, class and method of a property
 * @param reason why the verdict is what it is; empty for a PASS
 * @param expected what a failed check asked for; empty where it compared nothing
 * @param seen what the target did instead; empty where it compared nothing
 * @param millis how long it took
 */
public record TestResult(
    String name,
    String location,
    Verdict verdict,
    String reason,
    String expected,
    String seen,
    long millis) {}
