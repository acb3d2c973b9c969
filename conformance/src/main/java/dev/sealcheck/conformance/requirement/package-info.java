/**
 * The ledger of requirements and what a row of it says. Nothing here knows how a requirement is
 * tested, and no verdict may be kept here.
 */
package dev.sealcheck.conformance.requirement;
