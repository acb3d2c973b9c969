/**
 * The published JavaScript client, unchanged, against the reference. Nothing of the client may be
 * patched here, it is installed as its lock file says and set up by its own options only.
 */
package dev.sealcheck.conformance.sdk;
