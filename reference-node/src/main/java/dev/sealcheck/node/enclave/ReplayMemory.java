package dev.sealcheck.node.enclave;

/**
 * What remembering requests costs at one moment.
 *
 * @param entries requests that would be known again, over all live keys
 * @param bytes what the tables that hold them take
 */
public record ReplayMemory(long entries, long bytes) {}
