/**
 * The inference engine behind the node: its interface and a built-in small one that answers
 * deterministically from a seeded grammar. Nothing here may know of envelopes, keys or HTTP, and no
 * message, log line or {@code toString} here may hold a word of a prompt or an answer.
 */
package dev.sealcheck.node.engine;
