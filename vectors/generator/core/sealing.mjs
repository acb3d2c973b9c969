// docs/PROTOCOL.md sections 3 and 4 on @noble.
import { gcm } from '@noble/ciphers/aes.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from './bytes.mjs';

export const publicKeyOf = (secret) => x25519.getPublicKey(secret);

export const agree = (secret, publicKey) => x25519.getSharedSecret(secret, publicKey);

/** The pseudorandom key and the key of one exchange. */
export function derive(shared, salt) {
  const pseudorandomKey = extract(sha256, shared, salt);
  return { pseudorandomKey, key: expand(sha256, pseudorandomKey, new Uint8Array(), 32) };
}

/** Ciphertext and tag in one. */
export const seal = (key, nonce, plaintext, aad) => gcm(key, nonce, aad).encrypt(plaintext);

/** The plaintext, or undefined where the tag does not verify. */
export function open(key, nonce, ciphertext, aad) {
  try {
    return gcm(key, nonce, aad).decrypt(ciphertext);
  } catch {
    return undefined;
  }
}

export const bodyHash = (...parts) => blake2b(concat(...parts), { dkLen: 32 });
