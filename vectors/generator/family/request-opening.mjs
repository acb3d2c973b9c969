import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { base64, concat, filled, flipped, littleEndian, unhex, utf8 } from '../core/bytes.mjs';
import { CHAT, TEXT, bodyFor } from '../core/node-request.mjs';
import { refused, taken } from '../core/node-verdict.mjs';
import { agree, bodyHash, derive, publicKeyOf, seal } from '../core/sealing.mjs';

const SMALL_ORDER = {
  '0': '00'.repeat(32),
  '1': `01${'00'.repeat(31)}`,
  'p - 1': `ec${'ff'.repeat(30)}7f`,
  p: `ed${'ff'.repeat(30)}7f`,
  'p + 1': `ee${'ff'.repeat(30)}7f`,
  'of order 8 that begins e0eb': 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  'of order 8 that begins 5f9c': '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
};

/** Envelopes that name another node key than the current one. */
export function staleKeys(group, scene) {
  const no = (comment, key, options = {}) => {
    const request = scene.request(comment, options);
    refused(group, scene, comment, ['StaleKey'], 'STALE_NODE_KEY', { ...request, envelope: request.envelope.bytes('node_dh_public_key', key(request)) });
  };
  const former = publicKeyOf(scene.random('the former node key', 32));
  no('sealed to and named: the former key', () => former, { nodeKey: former });
  no('sealed to the current key, named: the former one', () => former);
  no('the current key with bit 255 set', () => flipped(scene.nodeKey, 255));
  no('the current key with bit 0 flipped', () => flipped(scene.nodeKey, 0));
  no('the bytes of the key reversed', () => scene.nodeKey.slice().reverse());
  no('the client’s own key', ({ clientKey }) => clientKey);
  no('zero bytes', () => filled(0, 32));
}

/** Requests that do not open, and one that opens to another body: one and the same refusal. */
export function openingRefusals(group, scene) {
  const refuse = (comment, flag, request) => refused(group, scene, comment, [flag], 'UNDECRYPTABLE', request);
  const edited = (comment, flag, edit) => {
    const request = scene.request(comment);
    refuse(comment, flag, { ...request, envelope: edit(request.envelope, request) });
  };
  const flips = (name, bits) => {
    for (const bit of bits) {
      edited(`bit ${bit} of ${name} flipped`, 'ModifiedSeal', (e) => e.bytes(name, flipped(bytesOf(e, name), bit)));
    }
  };
  flips('ciphertext', [0, 7, 100]);
  flips('nonce', [0, 50, 95]);
  flips('salt', [0, 64, 127]);
  flips('client_dh_public_key', [0, 100, 254]);
  for (const back of [1, 8, 127, 128]) {
    edited(`bit ${back} from the end of the tag flipped`, 'ModifiedSeal', (e) => e.bytes('ciphertext', flipped(bytesOf(e, 'ciphertext'), bytesOf(e, 'ciphertext').length * 8 - back)));
  }
  edited('the last byte of the tag missing', 'ModifiedSeal', (e) => e.bytes('ciphertext', bytesOf(e, 'ciphertext').slice(0, -1)));
  edited('the tag missing', 'ModifiedSeal', (e) => e.bytes('ciphertext', bytesOf(e, 'ciphertext').slice(0, -16)));
  edited('the tag before the ciphertext', 'ModifiedSeal', (e) => e.bytes('ciphertext', concat(bytesOf(e, 'ciphertext').slice(-16), bytesOf(e, 'ciphertext').slice(0, -16))));
  edited('the tag alone', 'ModifiedSeal', (e) => e.bytes('ciphertext', bytesOf(e, 'ciphertext').slice(-16)));
  edited('the nonce before the ciphertext', 'ModifiedSeal', (e, r) => e.bytes('ciphertext', concat(r.nonce, bytesOf(e, 'ciphertext'))));
  edited('the body in clear with a tag of zero bytes', 'ModifiedSeal', (e, r) => e.bytes('ciphertext', concat(r.plaintext, filled(0, 16))));
  smallOrder(scene, refuse);
  derivations(scene, refuse);
  hashes(scene, refuse);
}

const bytesOf = (envelope, name) => unhex(Buffer.from(JSON.parse(envelope.fields.find(([key]) => JSON.parse(key) === name)[1]), 'base64').toString('hex'));

function smallOrder(scene, refuse) {
  for (const [name, text] of Object.entries(SMALL_ORDER)) {
    for (const [suffix, key] of [['', unhex(text)], [' with bit 255 set', flipped(unhex(text), 255)]]) {
      const comment = `client key ${name}${suffix}, sealed under the zero secret`;
      const request = scene.request(comment, { shared: filled(0, 32) });
      refuse(comment, 'SmallOrder', { ...request, envelope: request.envelope.bytes('client_dh_public_key', key) });
    }
  }
}

function derivations(scene, refuse) {
  const otherKey = (comment, keyOf) => {
    const { secret, salt } = scene.request(comment);
    const shared = agree(secret, scene.nodeKey);
    refuse(comment, 'OtherDerivation', scene.request(comment, { key: keyOf(shared, salt, secret) }));
  };
  otherKey('the shared secret itself is the key', (shared) => shared);
  otherKey('the pseudorandom key is the key', (shared, salt) => derive(shared, salt).pseudorandomKey);
  otherKey('HKDF without a salt', (shared) => derive(shared, new Uint8Array()).key);
  otherKey('HKDF with secret and salt exchanged', (shared, salt) => derive(salt, shared).key);
  otherKey('HKDF with the salt as info', (shared, salt) => hkdf(sha256, shared, undefined, salt, 32));
  otherKey('HKDF with an info', (shared, salt) => hkdf(sha256, shared, salt, utf8('seal'), 32));
  otherKey('HKDF with SHA-512', (shared, salt) => hkdf(sha512, shared, salt, undefined, 32));
  otherKey('HKDF with the salt as base64', (shared, salt) => derive(shared, utf8(base64(salt))).key);
  otherKey('SHA-256 of the secret', (shared) => sha256(shared));
  otherKey('the secret of another node', (shared, salt, secret) => derive(agree(secret, publicKeyOf(scene.random('another node', 32))), salt).key);
  otherKey('the secret of two clients', (shared, salt) => derive(agree(scene.random('another client', 32), scene.nodeKey), salt).key);
  const sealedBy = (comment, cipher) => {
    const { key, nonce, plaintext } = scene.request(comment);
    refuse(comment, 'OtherDerivation', scene.request(comment, { ciphertext: cipher(key, nonce, plaintext) }));
  };
  sealedBy('sealed by ChaCha20-Poly1305', (key, nonce, text) => chacha20poly1305(key, nonce).encrypt(text));
  sealedBy('sealed by AES-128-GCM under half of the key', (key, nonce, text) => gcm(key.slice(0, 16), nonce).encrypt(text));
  sealedBy('sealed with the salt as associated data', (key, nonce, text) => seal(key, nonce, text, filled(7, 16)));
  sealedBy('sealed under a nonce of zero bytes', (key, nonce, text) => seal(key, filled(0, 12), text));
}

function hashes(scene, refuse) {
  const wrong = (comment, hashOf) => refuse(comment, 'HashMismatch', scene.request(comment, { hash: hashOf(scene.request(comment)) }));
  wrong('the hash of another body', () => bodyHash(utf8(JSON.stringify(bodyFor(TEXT)))));
  wrong('one bit of the hash flipped', ({ hash }) => flipped(hash, 9));
  wrong('the hash of the ciphertext', ({ envelope }) => bodyHash(bytesOf(envelope, 'ciphertext')));
  wrong('SHA-256 of the body', ({ plaintext }) => sha256(plaintext));
  wrong('the hash of the body with a line feed', ({ plaintext }) => bodyHash(plaintext, utf8('\n')));
  wrong('zero bytes for the hash', () => filled(0, 32));
}

/** A derived key is used once, whatever became of the request and however it is dressed up. */
export function replays(group, scene) {
  const first = (label, options) => scene.request(label, options);
  const again = (comment, second, before, flags = ['Replay']) => refused(group, scene, comment, flags, 'REPLAYED_REQUEST', second, {}, { before: before.map((r) => scene.wire(r)) });
  const fine = (comment, second, before) => taken(group, scene, comment, ['NoReplay'], second, {}, { before: before.map((r) => scene.wire(r)) });
  const one = first('replay');
  again('the same bytes again', one, [one]);
  again('the same bytes a third time', one, [one, one]);
  again('another stack', { ...one, envelope: one.envelope.with('stack_small_id', 8) }, [one]);
  const sameKey = (label, more = {}) => scene.request(label, { clientSecret: one.secret, salt: one.salt, ...more });
  again('the same key and salt with another nonce', sameKey('other nonce'), [one]);
  again('the same key, salt and nonce with another body', sameKey('other body', { nonce: one.nonce, body: bodyFor(CHAT, { user: 'other' }) }), [one]);
  again('the same key and salt on another path', sameKey('other path', { path: TEXT }), [one]);
  const top = flipped(one.clientKey, 255);
  again('the client key with bit 255 set', { ...one, clientKey: top, envelope: one.envelope.bytes('client_dh_public_key', top) }, [one]);
  const small = scene.request('small key', { clientKey: littleEndian(9n, 32) });
  const large = littleEndian(2n ** 255n - 19n + 9n, 32);
  again('the client key with p added', { ...small, clientKey: large, envelope: small.envelope.bytes('client_dh_public_key', large) }, [small]);
  const refusedBody = scene.request('refused body', { body: { model: 'm/test' } });
  again('after a request whose body was refused', scene.request('after refused', { clientSecret: refusedBody.secret, salt: refusedBody.salt }), [refusedBody]);
  const mismatch = { ...refusedBody, envelope: refusedBody.envelope };
  again('a refused body again', mismatch, [refusedBody]);
  fine('the same client key with another salt', scene.request('other salt', { clientSecret: one.secret }), [one]);
  fine('another client key with the same salt and nonce', scene.request('other client', { salt: one.salt, nonce: one.nonce }), [one]);
  fine('the same body under fresh keys', scene.request('fresh keys', { plaintext: one.plaintext }), [one]);
  const broken = { ...one, envelope: one.envelope.bytes('ciphertext', flipped(bytesOf(one.envelope, 'ciphertext'), 0)) };
  fine('after a request that did not open', one, [broken]);
  const otherHash = scene.request('replay', { hash: flipped(one.hash, 0) });
  fine('after a request with a wrong hash', one, [otherHash]);
  const stale = { ...one, envelope: one.envelope.bytes('node_dh_public_key', one.clientKey) };
  fine('after a request that named another node key', one, [stale]);
}
