/** placeholder. */
package dev.sealcheck.conformance.cli;
