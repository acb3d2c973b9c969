/**
 * The command line: options in, text and an exit code out. The only place of the suite that writes
 * to the standard output, and no place for judgement.
 */
package dev.sealcheck.conformance.cli;
