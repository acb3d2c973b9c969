/**
 * The one clock of node and proxy: telling time, waiting and timers all go through it. Nothing else
 * in the product may read the system clock or sleep.
 */
package dev.sealcheck.protocol.time;
