// docs/PROTOCOL.md section 5 on @noble; ECDSA nonces by RFC 6979.
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { base64, concat, hex } from './bytes.mjs';
import { bodyHash } from './sealing.mjs';

const ecdsa = (flag, name, curve) => ({
  flag,
  name,
  curve,
  keyBytes: 33,
  order: curve.Point.Fn.ORDER,
  field: curve.Point.Fp.ORDER,
  publicKey: (secret) => curve.getPublicKey(secret, true),
  sign: (secret, message) => curve.sign(message, secret, { prehash: true, lowS: true, format: 'compact' }),
  verify: (publicKey, message, signature) => {
    try {
      return curve.verify(signature, message, publicKey, { prehash: true, lowS: true, format: 'compact' });
    } catch {
      return false;
    }
  },
});

export const SCHEMES = {
  ed25519: {
    flag: 0,
    name: 'Ed25519',
    keyBytes: 32,
    order: ed25519.Point.Fn.ORDER,
    publicKey: (seed) => ed25519.getPublicKey(seed),
    sign: (seed, message) => ed25519.sign(message, seed),
    verify: (publicKey, message, signature) => {
      try {
        return ed25519.verify(signature, message, publicKey, { zip215: false });
      } catch {
        return false;
      }
    },
  },
  secp256k1: ecdsa(1, 'secp256k1', secp256k1),
  secp256r1: ecdsa(2, 'secp256r1', p256),
};

/** flag, signature and public key, as bytes. */
export const envelopeBytes = (flag, signature, publicKey) => concat([flag], signature, publicKey);

/** The envelope over a hash as it travels. */
export function signed(scheme, secret, hash) {
  return base64(envelopeBytes(scheme.flag, scheme.sign(secret, hash), scheme.publicKey(secret)));
}

/** The address of a key. */
export const addressOf = (flag, publicKey) => `0x${hex(bodyHash([flag], publicKey))}`;

/** The address of a secret's key. */
export const signerOf = (scheme, secret) => addressOf(scheme.flag, scheme.publicKey(secret));
