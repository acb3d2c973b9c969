/**
 * What both servers count, and the listener that shows it to Prometheus. No name, label or value
 * here may come from a caller: paths are those of the routes, outcomes those of a closed list.
 */
package dev.sealcheck.protocol.metric;
