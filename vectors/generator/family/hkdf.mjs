import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, counting, filled, hex, unhex } from '../core/bytes.mjs';
import { derive } from '../core/sealing.mjs';
import { GENERATED, VectorFile, note, page, published } from '../core/vector-file.mjs';

const LIMIT = 255 * 32;

const NOTES = {
  Published: note('BASIC', 'The values stand in a published document.', 'An implementation that fails is not HKDF.'),
  Random: note('BASIC', 'Values without any special property.', 'The other side derives another key and opens nothing.'),
  CheckValue: note('BASIC', 'The derivation that docs/PROTOCOL.md section 3 shows step by step.', 'The other side derives another key and opens nothing.'),
  OutputSize: note('EDGE_CASE', 'A size around a block of 32 bytes, or the largest one.', 'The counter or the last block is wrong.'),
  SizeTooLarge: note('MISSING_STEP', 'More than 255 blocks are asked for, RFC 5869 section 2.3.', 'The counter wraps, and bytes of the output repeat.'),
  EmptySalt: note('EDGE_CASE', 'No salt, which is a salt of 32 zero bytes, RFC 5869 section 2.2.', 'The pseudorandom key differs.'),
  EdgeCaseSecret: note('EDGE_CASE', 'A shared secret or salt with zero bytes at its ends, or nothing but one value.', 'Whoever treats the secret as a number or a text drops bytes of it.'),
  SaltSize: note('MODIFIED_PARAMETER', 'A salt that is not 16 bytes.', 'A salt is cut or padded, so that two requests share a key, or one side fails alone.'),
  SecretSize: note('MODIFIED_PARAMETER', 'A shared secret that is not 32 bytes.', 'Keys come out of something that no agreement made.'),
};

/** HKDF-SHA-256, and the one derivation that the protocol makes of it. */
export function hkdf() {
  const file = new VectorFile('hkdf', {
    algorithm: 'HKDF-SHA-256',
    header: [
      'HkdfTest is RFC 5869 in general; DerivationTest is the one use of it: the shared secret is the input key material,',
      'the salt has 16 bytes, info is empty and the key 32 bytes: docs/PROTOCOL.md section 3.',
    ],
    notes: NOTES,
  });
  rfc5869(file);
  general(file.group('HkdfTest', GENERATED, { keySize: 256 }), file.random);
  checkValue(file.group('DerivationTest', page(3)));
  derivations(file.group('DerivationTest', GENERATED), file.random);
  return file;
}

const values = (ikm, salt, info, size, okm) => ({ ikm: hex(ikm), salt: hex(salt), info: hex(info), size, okm });

const okmOf = (ikm, salt, info, size) => hex(expand(sha256, extract(sha256, ikm, salt), info, size));

function rfc5869(file) {
  const cases = [
    ['A.1', filled(0x0b, 22), counting(0, 13), counting(0xf0, 10), 42, '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'],
    ['A.2', counting(0, 80), counting(0x60, 80), counting(0xb0, 80), 82, 'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87'],
    ['A.3', filled(0x0b, 22), counting(0, 0), counting(0, 0), 42, '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  ];
  for (const [section, ikm, salt, info, size, okm] of cases) {
    published(section, okmOf(ikm, salt, info, size), okm);
    const group = file.group('HkdfTest', { name: `RFC 5869 appendix ${section}`, version: '2010' }, { keySize: ikm.length * 8 });
    group.valid(`test case ${section}`, salt.length === 0 ? ['Published', 'EmptySalt'] : ['Published'], values(ikm, salt, info, size, okm));
  }
}

function general(group, random) {
  const none = new Uint8Array();
  for (const size of [1, 16, 31, 32, 33, 63, 64, 65, LIMIT - 1, LIMIT]) {
    const [ikm, salt] = [random(`size ${size}, ikm`, 32), random(`size ${size}, salt`, 16)];
    group.valid(`output of ${size} bytes`, ['OutputSize'], values(ikm, salt, none, size, okmOf(ikm, salt, none, size)));
  }
  for (const size of [LIMIT + 1, LIMIT + 32]) {
    const [ikm, salt] = [random(`size ${size}, ikm`, 32), random(`size ${size}, salt`, 16)];
    group.invalid(`output of ${size} bytes`, ['SizeTooLarge'], 'OUTPUT_SIZE', values(ikm, salt, none, size, ''));
  }
  for (let i = 1; i <= 4; i++) {
    const [ikm, salt, info] = ['ikm', 'salt', 'info'].map((part) => random(`general ${i}, ${part}`, 32));
    group.valid(`random values ${i}`, ['Random'], values(ikm, salt, info, 32, okmOf(ikm, salt, info, 32)));
  }
}

function derivation(shared, salt) {
  const { pseudorandomKey, key } = derive(shared, salt);
  return { sharedSecret: hex(shared), salt: hex(salt), pseudorandomKey: hex(pseudorandomKey), key: hex(key) };
}

function checkValue(group) {
  const v = derivation(unhex('a84dc7c3c8f058b1b2dc4cd1e9b5dc0a7987f88b6a9564cde3391fc421159e77'), counting(0x10, 16));
  published('prk', v.pseudorandomKey, '656ee1df98a336a445348db60edbd809d0f5364a8eb9a1133c78d99bde121f5c');
  published('key', v.key, 'ccf4e1fe3472541b2ef1975ea711d3061c7436c9eebb1a6aaed83645d6e3ce76');
  group.valid('the check value', ['CheckValue'], v);
}

function derivations(group, random) {
  for (let i = 1; i <= 12; i++) {
    group.valid(`random secret and salt ${i}`, ['Random'], derivation(random(`secret ${i}`, 32), random(`salt ${i}`, 16)));
  }
  const secret = random('edge secret', 32);
  const salt = random('edge salt', 16);
  const edges = [
    ['secret begins with a zero byte', concat([0], secret.slice(1)), salt],
    ['secret ends with a zero byte', concat(secret.slice(0, 31), [0]), salt],
    ['secret of 0xff bytes', filled(0xff, 32), salt],
    ['salt of zero bytes', secret, filled(0, 16)],
    ['salt of 0xff bytes', secret, filled(0xff, 16)],
    ['salt begins with a zero byte', secret, concat([0], salt.slice(1))],
    ['salt ends with a zero byte', secret, concat(salt.slice(0, 15), [0])],
    ['salt that looks like text', secret, counting(0x41, 16)],
  ];
  for (const [comment, shared, used] of edges) {
    group.valid(comment, ['EdgeCaseSecret'], derivation(shared, used));
  }
  for (const size of [0, 8, 12, 15, 17, 32]) {
    group.invalid(`salt of ${size} bytes`, ['SaltSize'], 'SALT_SIZE', refused(secret, random(`salt of ${size}`, size)));
  }
  for (const size of [0, 31, 33]) {
    group.invalid(`shared secret of ${size} bytes`, ['SecretSize'], 'SECRET_SIZE', refused(random(`secret of ${size}`, size), salt));
  }
}

const refused = (shared, salt) => ({ sharedSecret: hex(shared), salt: hex(salt), pseudorandomKey: '', key: '' });
