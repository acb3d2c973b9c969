/**
 * The signature envelope, the keys behind it and the address derived from them; docs/PROTOCOL.md
 * section 5. Nothing here signs anything but 32 hash bytes.
 */
package dev.sealcheck.protocol.signature;
