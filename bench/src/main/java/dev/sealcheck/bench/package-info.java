/**
 * Measurements of the product: the crypto core, and the soak of the reference deployment. Nothing
 * here is used by any other module, and no test depends on a time measured here.
 */
package dev.sealcheck.bench;
