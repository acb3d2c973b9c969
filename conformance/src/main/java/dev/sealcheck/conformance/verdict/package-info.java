/**
 * What a check can end as, and the exceptions that say so. Nothing here knows how a check is run,
 * and no other exception type may stand for a verdict.
 */
package dev.sealcheck.conformance.verdict;
