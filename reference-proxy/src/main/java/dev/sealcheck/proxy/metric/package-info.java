/**
 * What the proxy counts for Prometheus. Nothing here may hold what a client or a node has sent, nor
 * say which user did what.
 */
package dev.sealcheck.proxy.metric;
