/**
 * Single, named deviations from the protocol, to show that the suite notices them. Nothing here
 * runs unless a fault is asked for by name.
 */
package dev.sealcheck.node.fault;
