/**
 * The whole suite against whole targets: the reference, targets that implement nothing, and a man
 * in the middle who breaks one rule at a time. Nothing of the product's code may be called from
 * here, it is met over HTTP only.
 */
package dev.sealcheck.conformance.integration;
