/**
 * Measurements of the product's crypto core and, later, of the whole path. Nothing here is used by
 * any other module, and no test depends on a time measured here.
 */
package dev.sealcheck.bench;
