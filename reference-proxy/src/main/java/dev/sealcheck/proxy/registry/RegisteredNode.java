package dev.sealcheck.proxy.registry;

import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.net.URI;

/**
 * A node as it can be used now.
 *
 * @param id its small id
 * @param address the only signer whose answers are taken from it
 * @param url where it answers
 * @param publicKey the key that clients seal to
 */
public record RegisteredNode(long id, Address address, URI url, X25519PublicKey publicKey) {}
