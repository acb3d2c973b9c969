/** placeholder. */
package dev.sealcheck.node;
