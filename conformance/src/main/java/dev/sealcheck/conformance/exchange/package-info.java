/**
 * Sends HTTP calls and streams, exactly as told and never twice, and records everything that comes
 * back; {@link dev.sealcheck.conformance.exchange.Messenger} is the door. Nothing here judges an
 * answer, and no token is ever printed.
 */
package dev.sealcheck.conformance.exchange;
