/**
 * What a request goes through on the node: signature, envelope, enclave, engine and back. It
 * handles plaintext, so nothing here logs more than ids, lengths and outcomes.
 */
package dev.sealcheck.node.http;
