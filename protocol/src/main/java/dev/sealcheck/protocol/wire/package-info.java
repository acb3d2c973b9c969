/** placeholder. */
package dev.sealcheck.protocol.wire;
