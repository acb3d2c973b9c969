/**
 * The reference proxy as a process: its settings and its start. It never depends on {@code
 * protocol.crypto}, so it cannot open a body.
 */
package dev.sealcheck.proxy;
