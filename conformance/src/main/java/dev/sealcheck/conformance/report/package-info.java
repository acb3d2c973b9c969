/**
 * What came out of a run, as one immutable model, and the faces it has. Nothing here judges, and no
 * token, key or plaintext may reach it.
 */
package dev.sealcheck.conformance.report;
