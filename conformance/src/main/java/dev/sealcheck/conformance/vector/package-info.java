/**
 * Reads files of known-answer vectors, Sealcheck's own and Wycheproof's, and works every case out
 * with the suite's own client. It never takes an expected value for a computed one, and passes over
 * no case in silence.
 */
package dev.sealcheck.conformance.vector;
