/**
 * Requirements over a space of inputs, as jqwik properties against the target. Each runs between
 * two twins like every negative check; keys, salts and nonces are never drawn from the seed.
 */
package dev.sealcheck.conformance.property;
