/**
 * HTTP/1.1 servers that the suite itself plays, with control over every byte and every close;
 * {@link dev.sealcheck.conformance.host.HostServer} is the door. Nothing here knows the protocol,
 * judges a peer or answers on its own what a handler should answer.
 */
package dev.sealcheck.conformance.host;
