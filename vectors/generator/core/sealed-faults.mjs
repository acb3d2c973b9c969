// What can be wrong with one sealed answer, and with one event of a stream alike.
import { base64, concat, filled, flipped, unhex, utf8 } from './bytes.mjs';
import { bodyHash, derive } from './sealing.mjs';
import { SCHEMES, envelopeBytes } from './signing.mjs';

const bytesOf = (json, name) => unhex(Buffer.from(JSON.parse(field(json, name)), 'base64').toString('hex'));

const field = (json, name) => json.fields.find(([key]) => JSON.parse(key) === name)[1];

/**
 * All faults as [comment, flag, error, make], where make(label, plaintext, usage) gives the sealed JSON.
 */
export function sealedFaults(scene) {
  const edited = (comment, flag, error, edit) => [comment, flag, error, (label, plaintext, usage) => edit(scene.seal(label, plaintext, { usage }))];
  const made = (comment, flag, error, options) => [comment, flag, error, (label, plaintext, usage) => scene.seal(label, plaintext, { usage, ...options(plaintext) })];
  return [...malformed(edited), ...notOpening(scene, edited, made), ...untrue(scene, edited, made)];
}

function malformed(edited) {
  const no = (comment, edit) => edited(comment, 'Malformed', 'MALFORMED', edit);
  const faults = [];
  for (const name of ['ciphertext', 'nonce', 'signature', 'response_hash']) {
    faults.push(no(`${name} missing`, (json) => json.without(name)));
    faults.push(no(`${name} null`, (json) => json.with(name, null)));
    faults.push(no(`${name} is a number`, (json) => json.with(name, 12)));
    faults.push(no(`${name} two times`, (json) => json.also(JSON.stringify(name), field(json, name))));
  }
  const sized = (name, size) => no(`${name} of ${size} bytes`, (json) => json.bytes(name, concat(bytesOf(json, name), filled(0, 64)).slice(0, size)));
  faults.push(sized('ciphertext', 0), sized('ciphertext', 15), sized('nonce', 11), sized('nonce', 13), sized('response_hash', 31), sized('response_hash', 33));
  const text = (name, comment, change) => no(`${name} ${comment}`, (json) => json.with(name, change(JSON.parse(field(json, name)))));
  faults.push(text('response_hash', 'without padding', (t) => t.replace(/=+$/, '')));
  faults.push(text('nonce', 'with a line feed behind', (t) => `${t}\n`));
  faults.push(text('signature', 'without padding', (t) => t.replace(/=+$/, '')));
  faults.push(text('signature', 'without its last byte', (t) => base64(Buffer.from(t, 'base64').subarray(0, -1))));
  faults.push(text('signature', 'with a flag that nobody knows', (t) => base64(concat([3], Buffer.from(t, 'base64').subarray(1)))));
  faults.push(no('a list around it', (json) => `[${json.toText()}]`));
  faults.push(no('the last brace missing', (json) => json.toText().slice(0, -1)));
  faults.push(no('a word behind it', (json) => `${json.toText()} null`));
  return faults;
}

function notOpening(scene, edited, made) {
  const no = (comment, edit) => edited(comment, 'ModifiedSeal', 'UNDECRYPTABLE', edit);
  const otherSalt = derive(scene.shared, scene.random('another salt', 16)).key;
  return [
    no('the first bit of the ciphertext flipped', (json) => json.bytes('ciphertext', flipped(bytesOf(json, 'ciphertext'), 0))),
    no('the last bit of the tag flipped', (json) => json.bytes('ciphertext', flipped(bytesOf(json, 'ciphertext'), bytesOf(json, 'ciphertext').length * 8 - 1))),
    no('the ciphertext one byte short', (json) => json.bytes('ciphertext', bytesOf(json, 'ciphertext').slice(1))),
    no('the tag alone', (json) => json.bytes('ciphertext', bytesOf(json, 'ciphertext').slice(-16))),
    no('one bit of the nonce flipped', (json) => json.bytes('nonce', flipped(bytesOf(json, 'nonce'), 40))),
    made('sealed under a key of zero bytes', 'OtherDerivation', 'UNDECRYPTABLE', () => ({ key: filled(0, 32) })),
    made('sealed under another salt', 'OtherDerivation', 'UNDECRYPTABLE', () => ({ key: otherSalt })),
    made('sealed under the shared secret itself', 'OtherDerivation', 'UNDECRYPTABLE', () => ({ key: scene.shared })),
    made('sealed with associated data', 'OtherDerivation', 'UNDECRYPTABLE', () => ({ aad: scene.salt })),
    made('sealed under the nonce of the request', 'ReusedNonce', 'NONCE_REUSED', () => ({ nonce: scene.requestNonce })),
  ];
}

function untrue(scene, edited, made) {
  const { ed25519, secp256k1, secp256r1 } = SCHEMES;
  const stranger = scene.random('a stranger', 32);
  const byStranger = (hash) => base64(envelopeBytes(0, ed25519.sign(stranger, hash), ed25519.publicKey(scene.signingSecret)));
  const hashOf = (plaintext) => bodyHash(typeof plaintext === 'string' ? utf8(plaintext) : plaintext);
  const bad = (comment, options) => made(comment, 'Signature', 'BAD_SIGNATURE', options);
  return [
    made('the hash of other bytes', 'HashMismatch', 'HASH_MISMATCH', () => ({ hash: bodyHash(utf8('other')) })),
    made('the hash of the bytes and a line feed', 'HashMismatch', 'HASH_MISMATCH', (plaintext) => ({ hash: bodyHash(utf8(`${plaintext}\n`)) })),
    made('the hash of the request', 'HashMismatch', 'HASH_MISMATCH', () => ({ hash: scene.requestHash })),
    edited('one bit of the hash flipped, and not signed again', 'HashMismatch', 'HASH_MISMATCH', (json) => json.bytes('response_hash', flipped(bytesOf(json, 'response_hash'), 3))),
    bad('signature of another hash', () => ({ signs: scene.requestHash })),
    bad('signature by another key, with the signer’s', (plaintext) => ({ signature: byStranger(hashOf(plaintext)) })),
    edited('one bit of the signature flipped', 'Signature', 'BAD_SIGNATURE', (json) => json.bytes('signature', flipped(bytesOf(json, 'signature'), 80))),
    made('signed by another key', 'OtherSigner', 'WRONG_SIGNER', () => ({ secret: stranger })),
    made('signed with the same secret on secp256k1', 'OtherSigner', 'WRONG_SIGNER', () => ({ scheme: secp256k1 })),
    made('signed with the same secret on secp256r1', 'OtherSigner', 'WRONG_SIGNER', () => ({ scheme: secp256r1 })),
  ];
}
