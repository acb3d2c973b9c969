package dev.sealcheck.proxy.attestation;

/**
 * Whether one claim holds.
 *
 * @param subject {@code evidence}, or {@code device} with its place, from 0
 * @param claim which claim
 * @param name what the claim is called for this subject
 * @param holds whether it was checked and is true
 */
public record Finding(String subject, Claim claim, String name, boolean holds) {}
