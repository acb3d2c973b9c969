package dev.sealcheck.conformance.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How an engine saw a test end.
 *
 * @param thrown what ended it; empty where it succeeded
 * @param skipped why the engine did not run it; empty where it did
 */
record TestReport(Optional<Throwable> thrown, Optional<String> skipped, Duration duration) {}
