/**
 * What the node counts for Prometheus. Nothing here may hold what a client or the engine has sent,
 * nor anything of a key.
 */
package dev.sealcheck.node.metric;
