/**
 * The one clock of the suite. Every wait of a check, a pool or an exchange goes through it; nothing
 * else in the suite may sleep.
 */
package dev.sealcheck.conformance.time;
