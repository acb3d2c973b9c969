package dev.sealcheck.conformance.exchange;

/**
 * What became of a body without end.
 *
 * @param exchange the exchange; its call shows the part that was repeated
 * @param takenBytes how much the connection took, what lay in buffers included
 */
public record EndlessUpload(Exchange exchange, long takenBytes) {}
