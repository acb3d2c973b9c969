/**
 * The emulated TEE: the only place that holds the node's X25519 key, opens requests and seals
 * answers. No key leaves it, and nothing in it writes a log.
 */
package dev.sealcheck.node.enclave;
