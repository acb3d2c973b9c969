/** placeholder. */
package dev.sealcheck.bench;
