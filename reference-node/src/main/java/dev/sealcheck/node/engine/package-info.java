/**
 * The inference engine behind the node: its interface, a built-in small one that answers
 * deterministically from a seeded grammar, and one that asks any server of the OpenAI interface.
 * Nothing here may know of envelopes or seals, and no message, log line or {@code toString} here
 * may hold a word of a prompt or an answer, or an engine's key.
 */
package dev.sealcheck.node.engine;
