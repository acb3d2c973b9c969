import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { sha256, sha512_256 } from '@noble/hashes/sha2.js';
import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import { base64, concat, counting, equal, filled, flipped, hex, unhex, utf8 } from '../core/bytes.mjs';
import { bodyHash } from '../core/sealing.mjs';
import { GENERATED, VectorFile, note, page, published } from '../core/vector-file.mjs';

const BODY = '{"model":"m/test","messages":[{"role":"user","content":"héllo"}],"stream":false}';

const NOTES = {
  Published: note('BASIC', 'The values stand in a published document.', 'An implementation that fails is not BLAKE2b.'),
  CheckValue: note('BASIC', 'The body that docs/PROTOCOL.md section 4 hashes.', 'Every request is refused.'),
  BlockBoundary: note('EDGE_CASE', 'A length around a block of 128 bytes.', 'Some bodies are refused, most are not.'),
  Text: note('BASIC', 'Bodies as clients write them: the bytes count, not what they mean.', 'A body with the unusual character is refused.'),
  OtherHash: note('MISSING_STEP', 'The value is that of another hash, or of BLAKE2b with other parameters.', 'Both sides agree with themselves and with nobody else.'),
  OtherBytes: note('MISSING_STEP', 'The value is that of other bytes with the same meaning.', 'Whoever hashes what a parser made of the body cannot be checked by whoever hashes the body.'),
  ModifiedHash: note('AUTH_BYPASS', 'The value is not that of the bytes.', 'The sender says to have sent what it has not.'),
};

/** BLAKE2b-256: whether `hash` is that of `msg`. */
export function hash() {
  const file = new VectorFile('hash', {
    algorithm: 'BLAKE2b',
    header: ['BLAKE2b without a key, 32 bytes of output but in the published cases: docs/PROTOCOL.md section 4.'],
    notes: NOTES,
  });
  rfc7693(file);
  checkValue(file.group('HashTest', page(4), { digestSize: 256 }));
  const group = file.group('HashTest', GENERATED, { digestSize: 256 });
  lengths(group, file.random);
  texts(group);
  refusals(file.group('HashTest', page(4), { digestSize: 256 }), file.random);
  return file;
}

const values = (msg, value) => ({ msg: hex(msg), hash: hex(value) });

function rfc7693(file) {
  const abc = utf8('abc');
  published('abc', hex(blake2b(abc)), 'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923');
  file.group('HashTest', { name: 'RFC 7693 appendix A', version: '2015' }, { digestSize: 512 }).valid('abc, 64 bytes of output', ['Published'], values(abc, blake2b(abc)));
  const msg = selfTestHashes();
  published('self-test', hex(bodyHash(msg)), 'c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475');
  file.group('HashTest', { name: 'RFC 7693 appendix E', version: '2015' }, { digestSize: 256 }).valid('the grand hash of the self-test', ['Published'], values(msg, bodyHash(msg)));
}

/** What RFC 7693 appendix E hashes in the end: hashes of many sizes, with and without a key. */
function selfTestHashes() {
  const sequence = (length, seed) => {
    let a = Math.imul(0xdead4bad, seed) >>> 0;
    let b = 1;
    return Uint8Array.from({ length }, () => {
      const t = (a + b) >>> 0;
      a = b;
      b = t;
      return (t >>> 24) & 0xff;
    });
  };
  const hashes = [];
  for (const dkLen of [20, 32, 48, 64]) {
    for (const length of [0, 3, 128, 129, 255, 1024]) {
      const input = sequence(length, length);
      hashes.push(blake2b(input, { dkLen }), blake2b(input, { dkLen, key: sequence(dkLen, dkLen) }));
    }
  }
  return concat(...hashes);
}

function checkValue(group) {
  const body = utf8(BODY);
  published('check value', base64(bodyHash(body)), 'zTZU7H7qI1sQqvT51S5fvsxYo+G2xDK+VShelxPQgro=');
  group.valid('the check value', ['CheckValue'], values(body, bodyHash(body)));
}

function lengths(group, random) {
  for (const size of [0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 383, 384, 385, 1024]) {
    const msg = random(`length ${size}`, size);
    group.valid(`${size} bytes`, ['BlockBoundary'], values(msg, bodyHash(msg)));
  }
  for (const [name, msg] of [['128 zero bytes', filled(0, 128)], ['128 bytes 0xff', filled(0xff, 128)], ['the bytes 0 to 255', counting(0, 256)]]) {
    group.valid(name, ['BlockBoundary'], values(msg, bodyHash(msg)));
  }
}

function texts(group) {
  for (const [name, text] of [
    ['an accented letter as one character', '{"input":"\u00e9"}'],
    ['an accented letter as two characters', '{"input":"e\u0301"}'],
    ['a character beyond 16 bits', '{"input":"\u{1f600}"}'],
    ['an escaped character', '{"input":"\\u00e9"}'],
    ['whitespace between the fields', '{ "input" : "a" }'],
    ['a line feed at the end', '{"input":"a"}\n'],
    ['a byte order mark at the start', '\ufeff{"input":"a"}'],
  ]) {
    group.valid(name, ['Text'], values(utf8(text), bodyHash(utf8(text))));
  }
}

function refusals(group, random) {
  const body = utf8(BODY);
  const right = bodyHash(body);
  const wrong = (comment, flag, value) => {
    if (equal(value, right)) {
      throw new Error(`is the hash: ${comment}`);
    }
    group.invalid(comment, [flag], 'HASH_MISMATCH', values(body, value));
  };
  for (const [name, value] of [
    ['the first 32 bytes of BLAKE2b-512', blake2b(body).slice(0, 32)],
    ['the last 32 bytes of BLAKE2b-512', blake2b(body).slice(32)],
    ['BLAKE2b-256 with a key of 32 zero bytes', blake2b(body, { dkLen: 32, key: filled(0, 32) })],
    ['BLAKE2b-256 with a salt', blake2b(body, { dkLen: 32, salt: counting(0x10, 16) })],
    ['BLAKE2b-256 with a personalisation', blake2b(body, { dkLen: 32, personalization: utf8('sealcheck-vector') })],
    ['BLAKE2s-256', blake2s(body)],
    ['BLAKE3', blake3(body)],
    ['SHA-256', sha256(body)],
    ['SHA-512/256', sha512_256(body)],
    ['SHA3-256', sha3_256(body)],
    ['Keccak-256', keccak_256(body)],
    ['BLAKE2b-256 of BLAKE2b-256', bodyHash(right)],
  ]) {
    wrong(name, 'OtherHash', value);
  }
  for (const [name, text] of [
    ['with a space after each colon and comma', '{"model": "m/test", "messages": [{"role": "user", "content": "héllo"}], "stream": false}'],
    ['with the keys in another order', '{"messages":[{"content":"héllo","role":"user"}],"model":"m/test","stream":false}'],
    ['with the accented letter escaped', BODY.replace('é', '\\u00e9')],
    ['with the accented letter as two characters', BODY.replace('é', 'e\u0301')],
    ['with the slash escaped', BODY.replace('/', '\\/')],
    ['with a line feed at the end', `${BODY}\n`],
    ['with a zero byte at the end', `${BODY}\0`],
    ['with a byte order mark', `\ufeff${BODY}`],
    ['as base64', base64(body)],
    ['as hex', hex(body)],
    ['of nothing', ''],
  ]) {
    wrong(`the body ${name}`, 'OtherBytes', bodyHash(utf8(text)));
  }
  wrong('the body as Latin-1', 'OtherBytes', bodyHash(new Uint8Array(Buffer.from(BODY, 'latin1'))));
  wrong('the body without its last byte', 'OtherBytes', bodyHash(body.slice(0, -1)));
  for (const bit of [0, 7, 127, 128, 255]) {
    wrong(`bit ${bit} flipped`, 'ModifiedHash', flipped(right, bit));
  }
  wrong('bytes reversed', 'ModifiedHash', right.slice().reverse());
  wrong('zero bytes', 'ModifiedHash', filled(0, 32));
  wrong('the hash of another body', 'ModifiedHash', bodyHash(random('another body', 80)));
  wrong('the last byte cut off', 'ModifiedHash', right.slice(0, 31));
  wrong('a byte added', 'ModifiedHash', concat(right, unhex('00')));
}
