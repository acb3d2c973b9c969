/**
 * What both reference servers do alike: the order of refusals, bounded bodies, event streams,
 * settings and the life of the process. Nothing here opens a body or knows users and units.
 */
package dev.sealcheck.protocol.server;
