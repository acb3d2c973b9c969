/**
 * The messages of the protocol as validated records, their strict JSON and the bytes they carry.
 * Nothing here derives a key, opens a body or knows HTTP.
 */
package dev.sealcheck.protocol.wire;
