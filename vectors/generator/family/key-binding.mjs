import { blake2b } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bigEndian, concat, counting, filled, flipped, hex, littleEndian, unhex, utf8 } from '../core/bytes.mjs';
import { bodyHash, publicKeyOf } from '../core/sealing.mjs';
import { GENERATED, VectorFile, note, page, published } from '../core/vector-file.mjs';

const DOCUMENT = 'docs/ATTESTATION.md';
const SLOT = 300;

const NOTES = {
  Published: note('BASIC', 'The values stand in a published document.', 'An implementation that fails is not BLAKE3.'),
  CheckValue: note('BASIC', 'The check value of docs/ATTESTATION.md.', 'Every piece of evidence is refused.'),
  Random: note('BASIC', 'Values without any special property.', 'Every piece of evidence is refused.'),
  EdgeCaseNumber: note('EDGE_CASE', 'A number that shows the order of bytes, the sign, or more than 53 bits.', 'Evidence of few nonces or nodes is refused; whoever reads numbers as floating point confuses two nonces.'),
  OtherBinding: note('AUTH_BYPASS', 'The nonce was made for another key, challenge or slot, or in another way.', 'Evidence for one key is taken for another: the proxy can put its own key in the place of the node’s.'),
  NonceText: note('MALLEABILITY', 'The challenge is not 16 lower-case hex digits.', 'One challenge has several texts, or part of it is dropped.'),
  KeySize: note('MODIFIED_PARAMETER', 'A key that is not 32 bytes.', 'A byte of the slot passes for one of the key.'),
  OtherPut: note('AUTH_BYPASS', 'The hash is of another node id or evidence, or made in another way.', 'A node signs what is stored for another one.'),
};

/** What binds evidence to a key: the nonce that the devices sign, and the hash that the node signs. */
export function keyBinding() {
  const file = new VectorFile('key-binding', {
    algorithm: 'BLAKE3',
    header: [
      'Blake3Test is BLAKE3 with its default output. GpuNonceTest asks whether gpuNonce is what devices sign for',
      'contractNonce (the text of a challenge) and publicKey. EvidencePutTest asks whether hash is what a node signs',
      'when it puts compressedEvidence: docs/ATTESTATION.md sections 2 and 6.',
    ],
    notes: NOTES,
  });
  blake3Values(file);
  goodNonces(file);
  badNonces(file.group('GpuNonceTest', page(2, DOCUMENT)), file.random);
  goodPuts(file);
  badPuts(file.group('EvidencePutTest', page(6, DOCUMENT)), file.random);
  return file;
}

function blake3Values(file) {
  const group = file.group('Blake3Test', { name: 'BLAKE3 team, test_vectors.json', version: '1.0' });
  for (const [size, value] of [
    [0, 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262'],
    [1, '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213'],
    [2, '7b7015bb92cf0b318037702a6cdd81dee41224f734684c2c122cd6359cb1ee63'],
    [1023, '10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11'],
    [1024, '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7'],
    [1025, 'd00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444'],
    [2048, 'e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a'],
  ]) {
    const msg = Uint8Array.from({ length: size }, (_, i) => i % 251);
    group.valid(`${size} bytes that count from 0 to 250 again and again`, ['Published'], { msg: hex(msg), hash: published(`BLAKE3 ${size}`, hex(blake3(msg)), value) });
  }
}

const nonceOf = (contractNonce, key, slot = littleEndian(SLOT, 2)) => blake3(concat(littleEndian(contractNonce, 8), key, slot));

const nonceText = (contractNonce) => contractNonce.toString(16).padStart(16, '0');

const nonceCase = (contractNonce, key, gpuNonce = nonceOf(contractNonce, key)) => ({
  contractNonce: nonceText(contractNonce),
  publicKey: hex(key),
  gpuNonce: hex(gpuNonce),
});

function goodNonces(file) {
  const check = file.group('GpuNonceTest', page(2, DOCUMENT));
  const v = nonceCase(0x0102030405060708n, counting(0, 32));
  published('check value', v.gpuNonce, '556ba2e02769bf56579b2707638d6abc19eff65076571c00489acd611612be08');
  check.valid('the check value of a nonce', ['CheckValue'], v);
  const group = file.group('GpuNonceTest', GENERATED);
  for (let i = 1; i <= 6; i++) {
    group.valid(`random challenge and key ${i}`, ['Random'], nonceCase(BigInt(`0x${hex(file.random(`nonce ${i}`, 8))}`), publicKeyOf(file.random(`key ${i}`, 32))));
  }
  const key = publicKeyOf(file.random('edge key', 32));
  for (const [name, number] of [['0', 0n], ['1', 1n], ['2^53 + 1', 2n ** 53n + 1n], ['2^63 - 1', 2n ** 63n - 1n], ['2^63', 2n ** 63n], ['2^64 - 1', 2n ** 64n - 1n]]) {
    group.valid(`challenge ${name}`, ['EdgeCaseNumber'], nonceCase(number, key));
  }
}

function badNonces(group, random) {
  const number = 0x1122334455667788n;
  const key = publicKeyOf(random('bound key', 32));
  const right = nonceOf(number, key);
  const other = publicKeyOf(random('other key', 32));
  const slot = littleEndian(SLOT, 2);
  for (const [comment, value] of [
    ['made for another key', nonceOf(number, other)],
    ['made for the key with bit 255 set', nonceOf(number, flipped(key, 255))],
    ['made for another challenge', nonceOf(number + 1n, key)],
    ['made for the challenge backwards', blake3(concat(bigEndian(number, 8), key, slot))],
    ['made for the text of the challenge', blake3(concat(utf8(nonceText(number)), key, slot))],
    ['made for slot 0', nonceOf(number, key, littleEndian(0, 2))],
    ['made for slot 1', nonceOf(number, key, littleEndian(1, 2))],
    ['made for slot 301', nonceOf(number, key, littleEndian(301, 2))],
    ['made for slot 300 backwards', nonceOf(number, key, bigEndian(SLOT, 2))],
    ['made for slot 300 in four bytes', nonceOf(number, key, littleEndian(SLOT, 4))],
    ['made without a slot', nonceOf(number, key, new Uint8Array())],
    ['made with the key before the challenge', blake3(concat(key, littleEndian(number, 8), slot))],
    ['made by BLAKE2b-256', bodyHash(littleEndian(number, 8), key, slot)],
    ['made by SHA-256', sha256(concat(littleEndian(number, 8), key, slot))],
    ['made by BLAKE3 with a key', blake3(concat(littleEndian(number, 8), key, slot), { key: filled(0, 32) })],
    ['with bit 0 flipped', flipped(right, 0)],
    ['with bit 255 flipped', flipped(right, 255)],
    ['of zero bytes', filled(0, 32)],
    ['of 31 bytes', right.slice(0, 31)],
  ]) {
    group.invalid(`nonce ${comment}`, ['OtherBinding'], 'NONCE_MISMATCH', nonceCase(number, key, value));
  }
  for (const [comment, text] of [
    ['of 15 digits', '122334455667788'],
    ['of 17 digits', '01122334455667788'],
    ['in upper case', 'AABBCCDDEEFF0011'],
    ['with 0x in front', '0x11223344556677'],
    ['as a decimal number', '1234605616436508552'],
    ['with a space behind', '112233445566778 '],
    ['with a sign', '-112233445566778'],
    ['with a letter that is no digit', '112233445566778g'],
    ['with a wide digit', '112233445566778\uff18'],
    ['of no digits', ''],
  ]) {
    group.invalid(`challenge ${comment}`, ['NonceText'], 'MALFORMED', { ...nonceCase(number, key), contractNonce: text });
  }
  for (const size of [0, 31, 33]) {
    const wrong = random(`key of ${size}`, size);
    group.invalid(`key of ${size} bytes`, ['KeySize'], 'KEY_SIZE', nonceCase(number, wrong));
  }
}

const putCase = (id, evidence, value = bodyHash(littleEndian(id, 8), evidence)) => ({
  nodeSmallId: `${id}`,
  compressedEvidence: hex(evidence),
  hash: hex(value),
});

function goodPuts(file) {
  const check = file.group('EvidencePutTest', page(6, DOCUMENT));
  const v = putCase(7n, utf8('abc'));
  published('check value', v.hash, '812d7ee9b86f51df51b84c8268bfd473534d6ce7d5025ddd7f11de3c823a1cc4');
  check.valid('the check value of a hash', ['CheckValue'], v);
  const group = file.group('EvidencePutTest', GENERATED);
  for (const [name, id] of [['1', 1n], ['255', 255n], ['256', 256n], ['2^53 + 1', 2n ** 53n + 1n], ['2^63 - 1', 2n ** 63n - 1n]]) {
    group.valid(`node ${name}`, ['EdgeCaseNumber'], putCase(id, file.random(`evidence of ${name}`, 40)));
  }
  for (const size of [0, 1, 120, 121, 1000]) {
    group.valid(`${size} bytes of evidence`, ['Random'], putCase(9n, file.random(`evidence ${size}`, size)));
  }
}

function badPuts(group, random) {
  const id = 258n;
  const evidence = random('evidence', 64);
  const right = bodyHash(littleEndian(id, 8), evidence);
  for (const [comment, value] of [
    ['of another node', bodyHash(littleEndian(259n, 8), evidence)],
    ['of other evidence', bodyHash(littleEndian(id, 8), flipped(evidence, 0))],
    ['with the id backwards', bodyHash(bigEndian(id, 8), evidence)],
    ['with the id in four bytes', bodyHash(littleEndian(id, 4), evidence)],
    ['with the id as text', bodyHash(utf8('258'), evidence)],
    ['with the id behind the evidence', bodyHash(evidence, littleEndian(id, 8))],
    ['without the id', bodyHash(evidence)],
    ['of the evidence as numbers in JSON', bodyHash(littleEndian(id, 8), utf8(JSON.stringify([...evidence])))],
    ['by BLAKE3', blake3(concat(littleEndian(id, 8), evidence))],
    ['by SHA-256', sha256(concat(littleEndian(id, 8), evidence))],
    ['that is half of BLAKE2b-512', blake2b(concat(littleEndian(id, 8), evidence)).slice(0, 32)],
    ['with bit 0 flipped', flipped(right, 0)],
    ['with bit 255 flipped', flipped(right, 255)],
    ['of zero bytes', unhex('00'.repeat(32))],
  ]) {
    group.invalid(`hash ${comment}`, ['OtherPut'], 'HASH_MISMATCH', putCase(id, evidence, value));
  }
}
