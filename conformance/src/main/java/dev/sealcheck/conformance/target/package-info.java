/**
 * What is under test, who the suite is towards it, and what all checks of a run share. No check
 * lives here, and no token leaves here in any text.
 */
package dev.sealcheck.conformance.target;
