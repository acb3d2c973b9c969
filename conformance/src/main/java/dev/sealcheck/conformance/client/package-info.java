/**
 * The suite's own implementation of the sealed exchange, written from docs/PROTOCOL.md sections 2
 * to 6 on other primitives than the product's, and able to produce wrong bytes on purpose. No HTTP,
 * no verdict and no code of the tested side may ever live here.
 */
package dev.sealcheck.conformance.client;
