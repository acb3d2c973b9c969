/**
 * The public API of the proxy: who may ask, what a lock and an envelope must be, and in which order
 * that is checked. Units are counted in {@code account}, nodes are spoken to in {@code relay}.
 */
package dev.sealcheck.proxy.http;
