/**
 * The words of the features, a class for each noun of the protocol. Steps translate and keep; what
 * they do lives in {@code world}, and only {@code Then} judges.
 */
package dev.sealcheck.conformance.step;
