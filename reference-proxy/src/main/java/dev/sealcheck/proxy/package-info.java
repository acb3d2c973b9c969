/** placeholder. */
package dev.sealcheck.proxy;
