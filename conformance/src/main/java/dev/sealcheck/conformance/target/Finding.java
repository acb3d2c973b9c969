package dev.sealcheck.conformance.target;

/**
 * Something that a check noticed without failing for it; it turns a PASS into a WARN.
 *
 * @param expected what the requirement asks for, without secrets
 * @param seen what the target did, without secrets
 */
public record Finding(String expected, String seen) {}
