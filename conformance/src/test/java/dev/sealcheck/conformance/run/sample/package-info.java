/**
 * Steps and properties that end in every possible way, for the tests of the runner. No test of the
 * suite itself lives here.
 */
package dev.sealcheck.conformance.run.sample;
