import { gcm } from '@noble/ciphers/aes.js';
import { base64, concat, counting, filled, flipped, hex, unhex, utf8 } from '../core/bytes.mjs';
import { open, seal } from '../core/sealing.mjs';
import { GENERATED, VectorFile, note, page, published } from '../core/vector-file.mjs';

const TAG = 16;
const SIZES = { keySize: 256, ivSize: 96, tagSize: 128 };

const NOTES = {
  Published: note('BASIC', 'The values stand in a published document.', 'An implementation that fails is not AES-GCM.'),
  CheckValue: note('BASIC', 'The body that docs/PROTOCOL.md section 3 seals step by step.', 'The other side opens nothing.'),
  Pseudorandom: note('BASIC', 'Values without any special property, of many lengths.', 'The other side opens nothing.'),
  EdgeCaseNonce: note('EDGE_CASE', 'A nonce whose counter block has an unusual value.', 'The counter carries into the nonce, or is not reset to 2 for the first block.'),
  ModifiedTag: note('AUTH_BYPASS', 'The tag is not that of the ciphertext.', 'Whoever sits between client and node changes bodies at will.'),
  TruncatedTag: note('AUTH_BYPASS', 'The tag is shorter than 16 bytes.', 'A tag of 4 bytes is guessed in seconds, an empty one needs no guess.'),
  ModifiedCiphertext: note('AUTH_BYPASS', 'The ciphertext was changed after it was sealed.', 'Bits of the body are flipped at will: GCM encrypts by XOR.'),
  WrongNonce: note('MISSING_STEP', 'Opened under another nonce than it was sealed with.', 'The nonce is not used, or not all of it.'),
  WrongKey: note('MISSING_STEP', 'Opened under another key than it was sealed with.', 'The key is not used, or not all of it.'),
  AssociatedData: note('MISSING_STEP', 'Sealed with associated data, which the protocol has none of.', 'Two sides that add different associated data open nothing of each other.'),
  NonceSize: note('MODIFIED_PARAMETER', 'A nonce that is not 12 bytes. GCM would hash it; the protocol refuses it.', 'Nonces of other sizes collide sooner, and some libraries cut them.'),
  KeySize: note('MODIFIED_PARAMETER', 'A key of an AES with less than 256 bits.', 'The exchange is weaker than promised.'),
};

/** Seal and open: AES-256-GCM without associated data. */
export function sealing() {
  const file = new VectorFile('seal', {
    algorithm: 'AES-GCM',
    header: ['AES-256-GCM, 12 bytes of nonce, no associated data, 16 bytes of tag behind the ciphertext: docs/PROTOCOL.md section 3.'],
    notes: NOTES,
  });
  gcmSpecification(file);
  cavp(file);
  checkValue(file.group('AeadTest', page(3), SIZES));
  bodies(file.group('AeadTest', GENERATED, SIZES), file.random);
  refusals(file.group('AeadTest', GENERATED, SIZES), file.random);
  sizes(file, file.random);
  return file;
}

const values = (key, iv, msg, sealed, aad = new Uint8Array()) => ({
  key: hex(key),
  iv: hex(iv),
  aad: hex(aad),
  msg: hex(msg),
  ct: hex(sealed.slice(0, Math.max(0, sealed.length - TAG))),
  tag: hex(sealed.slice(Math.max(0, sealed.length - TAG))),
});

const sealedCase = (key, iv, msg) => values(key, iv, msg, seal(key, iv, msg));

function gcmSpecification(file) {
  const group = file.group('AeadTest', { name: 'McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, as submitted to NIST', version: '2005' }, SIZES);
  const add = (name, key, iv, msg, expected) => {
    const v = sealedCase(unhex(key), unhex(iv), unhex(msg));
    published(name, v.ct + v.tag, expected);
    group.valid(name, ['Published'], v);
  };
  const zeros = '00'.repeat(32);
  add('test case 13', zeros, '00'.repeat(12), '', '530f8afbc74536b9a963b4f1c4cb738b');
  add('test case 14', zeros, '00'.repeat(12), '00'.repeat(16), 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919');
  add('test case 15', 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'cafebabefacedbaddecaf888', 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255', '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c');
}

function cavp(file) {
  const group = file.group('AeadTest', { name: 'NIST CAVP, gcmDecrypt256.rsp', version: 'CAVS 14.0' }, SIZES);
  const good = [
    ['no plaintext, count 0', 'f5a2b27c74355872eb3ef6c5feafaa740e6ae990d9d48c3bd9bb8235e589f010', '58d2240f580a31c1d24948e9', '', '15e051a5e4a5f5da6cea92e2ebee5bac'],
    ['no plaintext, a later count', 'c1d6162b585e2bac14d554d5675c6ddaa6b93be2eb07f8df86c9bb30f93ae688', 'f04dfce5c8e7713c71a70cc9', '', '37fb4f33c82f6fce0c562896b3e10fc2'],
    ['plaintext of 16 bytes, count 0', '4c8ebfe1444ec1b2d503c6986659af2c94fafe945f72c1e8486a5acfedb8a0f8', '473360e0ad24889959858995', '7789b41cb3ee548814ca0b388c10b343', 'd2c78110ac7e8f107c0df0570bd7c90cc26a379b6d98ef2852ead8ce83a833a7'],
  ];
  for (const [name, key, iv, msg, expected] of good) {
    const v = sealedCase(unhex(key), unhex(iv), unhex(msg));
    published(name, v.ct + v.tag, expected);
    group.valid(name, ['Published'], v);
  }
  const bad = [
    ['count 1, FAIL', 'e5a8123f2e2e007d4e379ba114a2fb66e6613f57c72d4e4f024964053028a831', '51e43385bf533e168427e1ad', '38fe845c66e66bdd884c2aecafd280e6'],
    ['count 2, FAIL', 'c5ba3bf9ada560fb0301cd4e0b8b8a46a2aff2400395a72ed5804b3c755c4e59', 'de2b956e704063c000f28bbb', '04eb9b20fd4548dc71594f20073a45a2'],
  ];
  for (const [name, key, iv, tag] of bad) {
    refused(group, name, ['Published', 'ModifiedTag'], unhex(key), unhex(iv), new Uint8Array(), unhex(tag));
  }
}

function checkValue(group) {
  const key = unhex('ccf4e1fe3472541b2ef1975ea711d3061c7436c9eebb1a6aaed83645d6e3ce76');
  const msg = utf8('{"model":"m/test","messages":[{"role":"user","content":"héllo"}],"stream":false}');
  const nonce = counting(0xa0, 12);
  published('check value', base64(seal(key, nonce, msg)), 'z+GO/xgcm8WtkFPzSazbRDszoZ39sLePY9gRZF9Y4eGaA7twd3XJBSN2JP6JmqkPfScBefJmCIgVDc145YQqcqh9UVKyKFB7AjorlK+12JXrCoYCImXf7ZiB/lOBvrShtA==');
  group.valid('the check value', ['CheckValue'], sealedCase(key, nonce, msg));
}

function bodies(group, random) {
  for (const size of [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000]) {
    group.valid(`plaintext of ${size} bytes`, ['Pseudorandom'], sealedCase(random(`key ${size}`, 32), random(`nonce ${size}`, 12), random(`body ${size}`, size)));
  }
  const key = random('edge key', 32);
  const msg = random('edge body', 48);
  for (const [name, nonce] of [
    ['zero bytes', filled(0, 12)],
    ['0xff bytes', filled(0xff, 12)],
    ['a one at its end', concat(filled(0, 11), [1])],
    ['0xff bytes at its end', concat(filled(0, 8), filled(0xff, 4))],
  ]) {
    group.valid(`nonce of ${name}`, ['EdgeCaseNonce'], sealedCase(key, nonce, msg));
  }
}

function refused(group, comment, flags, key, iv, msg, sealed, aad) {
  if (sealed.length >= TAG && iv.length === 12 && open(key, iv, sealed) !== undefined) {
    throw new Error(`opens: ${comment}`);
  }
  group.invalid(comment, flags, 'UNDECRYPTABLE', values(key, iv, msg, sealed, aad));
}

function refusals(group, random) {
  const [key, nonce, msg] = [random('key', 32), random('nonce', 12), random('body', 40)];
  const sealed = seal(key, nonce, msg);
  const body = sealed.slice(0, msg.length);
  const tag = sealed.slice(msg.length);
  const wrong = (comment, flag, bytes) => refused(group, comment, [flag], key, nonce, msg, bytes);
  for (const bit of [0, 1, 7, 8, 31, 32, 63, 64, 71, 95, 96, 103, 119, 120, 126, 127]) {
    wrong(`bit ${bit} of the tag flipped`, 'ModifiedTag', concat(body, flipped(tag, bit)));
  }
  wrong('tag of zero bytes', 'ModifiedTag', concat(body, filled(0, TAG)));
  wrong('tag of 0xff bytes', 'ModifiedTag', concat(body, filled(0xff, TAG)));
  wrong('all bits of the tag flipped', 'ModifiedTag', concat(body, tag.map((b) => b ^ 0xff)));
  wrong('bytes of the tag reversed', 'ModifiedTag', concat(body, tag.slice().reverse()));
  wrong('tag before the ciphertext', 'ModifiedTag', concat(tag, body));
  wrong('tag of another body', 'ModifiedTag', concat(body, seal(key, nonce, random('other body', 40)).slice(40)));
  for (const bit of [0, 7, 8, 63, 64, 127, 128, 255, 256, 319]) {
    wrong(`bit ${bit} of the ciphertext flipped`, 'ModifiedCiphertext', concat(flipped(body, bit), tag));
  }
  wrong('the first byte of the ciphertext missing', 'ModifiedCiphertext', sealed.slice(1));
  wrong('the last byte of the ciphertext missing', 'ModifiedCiphertext', concat(body.slice(0, -1), tag));
  wrong('a zero byte after the ciphertext', 'ModifiedCiphertext', concat(body, [0], tag));
  wrong('no ciphertext before the tag', 'ModifiedCiphertext', tag);
  wrong('two blocks of the ciphertext exchanged', 'ModifiedCiphertext', concat(body.slice(16, 32), body.slice(0, 16), body.slice(32), tag));
  wrong('the plaintext before the tag', 'ModifiedCiphertext', concat(msg, tag));
  for (const bytes of [0, 1, 4, 8, 12, 15]) {
    wrong(`the tag cut to ${bytes} bytes`, 'TruncatedTag', concat(body, tag.slice(0, bytes)));
  }
  for (const bit of [0, 7, 48, 95]) {
    refused(group, `bit ${bit} of the nonce flipped`, ['WrongNonce'], key, flipped(nonce, bit), msg, sealed);
  }
  for (const bit of [0, 127, 128, 255]) {
    refused(group, `bit ${bit} of the key flipped`, ['WrongKey'], flipped(key, bit), nonce, msg, sealed);
  }
  for (const [name, aad] of [
    ['one byte', [0]],
    ['the model', utf8('m/test')],
  ]) {
    refused(group, `sealed with ${name} of associated data, opened without`, ['AssociatedData'], key, nonce, msg, seal(key, nonce, msg, Uint8Array.from(aad)));
  }
}

/** Parameters that the protocol does not have; each case would open where its own size is taken. */
function sizes(file, random) {
  const msg = random('sized body', 20);
  for (const size of [8, 11, 13, 16]) {
    const key = random(`key for ${size}`, 32);
    const nonce = random(`nonce of ${size}`, size);
    const group = file.group('AeadTest', page(3), { ...SIZES, ivSize: size * 8 });
    group.invalid(`nonce of ${size} bytes`, ['NonceSize'], 'NONCE_SIZE', values(key, nonce, msg, gcm(key, nonce).encrypt(msg)));
  }
  const empty = random('key for no nonce', 32);
  file.group('AeadTest', page(3), { ...SIZES, ivSize: 0 }).invalid('no nonce', ['NonceSize'], 'NONCE_SIZE', values(empty, new Uint8Array(), msg, seal(empty, filled(0, 12), msg)));
  for (const size of [16, 24]) {
    const key = random(`key of ${size}`, size);
    const nonce = random(`nonce for key of ${size}`, 12);
    const group = file.group('AeadTest', page(3), { ...SIZES, keySize: size * 8 });
    group.invalid(`key of ${size} bytes`, ['KeySize'], 'KEY_SIZE', values(key, nonce, msg, seal(key, nonce, msg)));
  }
}
