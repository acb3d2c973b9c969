/**
 * Finds the checks, runs them on the JUnit Platform inside this process, and judges what came out.
 * No check lives here, and nothing here talks to the target.
 */
package dev.sealcheck.conformance.run;
