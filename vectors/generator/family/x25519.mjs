import { bigEndian, concat, equal, filled, flipped, hex, littleEndian, unhex } from '../core/bytes.mjs';
import { agree, publicKeyOf } from '../core/sealing.mjs';
import { GENERATED, VectorFile, note, page, published } from '../core/vector-file.mjs';

const P = 2n ** 255n - 19n;
const TOP_BIT = 255;

const NOTES = {
  Published: note('BASIC', 'The values stand in a published document.', 'An implementation that fails is not X25519.'),
  Random: note('BASIC', 'Keys without any special property.', 'An implementation that fails is not X25519.'),
  SmallOrder: note(
    'CONFIDENTIALITY',
    'The public key has small order, so that the shared secret is 32 zero bytes whatever the private key is. The protocol refuses it; `shared` is what a careless computation gives.',
    'Anyone can compute the key of the exchange.',
  ),
  NonCanonicalPublic: note(
    'EDGE_CASE',
    'The u-coordinate is p or more. RFC 7748 section 5 has it reduced, not refused.',
    'Two implementations derive different keys, and a request can be told from another by what should not show.',
  ),
  TopBit: note(
    'EDGE_CASE',
    'Bit 255 of the public key is set. RFC 7748 section 5 has it ignored.',
    'A node that does not ignore it cannot open what a client sealed; one that names requests by the bytes of this key takes the same request two times.',
  ),
  Clamping: note(
    'MISSING_STEP',
    'The private key has bits that RFC 7748 section 5 clears or sets before use.',
    'The shared secrets of the two sides differ, or bits of the private key leak through the cofactor.',
  ),
  KeySize: note('MODIFIED_PARAMETER', 'A public key that is not 32 bytes.', 'Bytes beside the key are read, or a key is padded to one that the sender never chose.'),
  EdgeCaseShared: note('EDGE_CASE', 'The shared secret has an unusual value.', 'A mistake in carry or reduction shows in few values only.'),
};

const SMALL_ORDER = [
  ['0, of order 4', '00'.repeat(32)],
  ['1, of order 1', `01${'00'.repeat(31)}`],
  ['p - 1, of order 2', `ec${'ff'.repeat(30)}7f`],
  ['p, which is 0', `ed${'ff'.repeat(30)}7f`],
  ['p + 1, which is 1', `ee${'ff'.repeat(30)}7f`],
  ['of order 8 that begins e0eb', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
  ['of order 8 that begins 5f9c', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
];

/** Key agreement: whoever computes `shared` of `private` and `public`, or refuses. */
export function x25519() {
  const file = new VectorFile('x25519', {
    algorithm: 'XDH',
    header: ['X25519 as RFC 7748 has it, with all keys of small order refused: docs/PROTOCOL.md section 3.'],
    notes: NOTES,
  });
  const curve = { curve: 'curve25519' };
  publishedCases(file, curve);
  smallOrder(file.group('XdhComp', page(3), curve), file.random);
  nonCanonical(file.group('XdhComp', GENERATED, curve), file.random);
  const group = file.group('XdhComp', GENERATED, curve);
  pairs(group, file.random);
  clamping(group, file.random);
  sizes(file.group('XdhComp', page(2), curve), file.random);
  return file;
}

const values = (secret, publicKey, shared = agree(secret, publicKey)) => ({
  public: hex(publicKey),
  private: hex(secret),
  shared: hex(shared),
});

function publishedCases(file, curve) {
  const rfc = (section) => file.group('XdhComp', { name: `RFC 7748 section ${section}`, version: '2016' }, curve);
  const add = (group, comment, secret, publicKey, shared) => {
    const v = values(unhex(secret), unhex(publicKey));
    published(comment, v.shared, shared);
    group.valid(comment, ['Published'], v);
  };
  const first = rfc('5.2');
  add(first, 'first example', 'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4', 'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c', 'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552');
  add(first, 'second example', '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d', 'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493', '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957');
  const nine = concat([9], filled(0, 31));
  add(first, 'after one iteration', hex(nine), hex(nine), '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079');
  let [scalar, point] = [nine, nine];
  for (let i = 0; i < 1000; i++) {
    [scalar, point] = [agree(scalar, point), scalar];
    if (i === 998) {
      add(first, 'the last of 1,000 iterations', hex(scalar), hex(point), '684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51');
    }
  }
  const second = rfc('6.1');
  const alice = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
  const bob = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
  const base = hex(nine);
  const a = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
  const b = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
  const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
  add(second, "Alice's public key", alice, base, a);
  add(second, "Bob's public key", bob, base, b);
  add(second, "Alice's shared secret", alice, b, shared);
  add(second, "Bob's shared secret", bob, a, shared);
  const own = file.group('XdhComp', page(3), curve);
  const [client, node] = [1, 0x21].map((start) => hex(Uint8Array.from({ length: 32 }, (_, i) => start + i)));
  const secret = 'a84dc7c3c8f058b1b2dc4cd1e9b5dc0a7987f88b6a9564cde3391fc421159e77';
  add(own, 'the check value, by the client', client, hex(publicKeyOf(unhex(node))), secret);
  add(own, 'the check value, by the node', node, hex(publicKeyOf(unhex(client))), secret);
}

function smallOrder(group, random) {
  const zero = filled(0, 32);
  for (const [name, text] of SMALL_ORDER) {
    const key = unhex(text);
    for (const [suffix, flags, publicKey] of [
      ['', [], key],
      [' with bit 255 set', ['TopBit'], flipped(key, TOP_BIT)],
    ]) {
      const secret = random(`small order ${name}${suffix}`, 32);
      refusesSmallOrder(secret, publicKey);
      group.invalid(`public key ${name}${suffix}`, ['SmallOrder', ...flags], 'SMALL_ORDER', values(secret, publicKey, zero));
    }
  }
}

function refusesSmallOrder(secret, publicKey) {
  try {
    agree(secret, publicKey);
  } catch {
    return;
  }
  throw new Error(`not of small order: ${hex(publicKey)}`);
}

function nonCanonical(group, random) {
  // p and p + 1 have small order and stand above.
  for (let above = 2n; above <= 18n; above++) {
    const key = littleEndian(P + above, 32);
    const secret = random(`non-canonical ${above}`, 32);
    const reduced = agree(secret, littleEndian(above, 32));
    for (const [suffix, flags, publicKey] of [
      ['', [], key],
      [' with bit 255 set', ['TopBit'], flipped(key, TOP_BIT)],
    ]) {
      const v = values(secret, publicKey);
      published('reduced', v.shared, hex(reduced));
      group.valid(`public key p + ${above}${suffix}`, ['NonCanonicalPublic', ...flags], v);
    }
  }
}

function pairs(group, random) {
  for (let i = 1; i <= 16; i++) {
    const secret = random(`pair ${i}, private`, 32);
    const publicKey = publicKeyOf(random(`pair ${i}, public`, 32));
    group.valid(`random pair ${i}`, ['Random'], values(secret, publicKey));
    if (i <= 8) {
      group.valid(`random pair ${i}, bit 255 of the public key set`, ['TopBit'], values(secret, flipped(publicKey, TOP_BIT)));
    }
  }
  for (const u of [2n, 3n, 9n, 16n, P - 2n, P - 3n, 2n ** 254n, 2n ** 128n]) {
    const secret = random(`u ${u}`, 32);
    group.valid(`public key with the u-coordinate ${bigName(u)}`, ['EdgeCaseShared'], values(secret, littleEndian(u, 32)));
  }
}

function bigName(u) {
  return u < 100n ? `${u}` : u > P - 100n ? `p - ${P - u}` : `0x${hex(bigEndian(u, 32)).replace(/^0+/, '')}`;
}

function clamping(group, random) {
  const publicKey = publicKeyOf(random('clamping, public', 32));
  const secret = random('clamping, private', 32);
  const expected = agree(clamped(secret), publicKey);
  for (const bit of [0, 1, 2, 254, 255]) {
    const changed = flipped(clamped(secret), bit);
    if (!equal(agree(changed, publicKey), expected)) {
      throw new Error(`bit ${bit} is not clamped`);
    }
    group.valid(`private key with bit ${bit} against the clamping`, ['Clamping'], values(changed, publicKey));
  }
  group.valid('private key of zero bytes', ['Clamping'], values(filled(0, 32), publicKey));
  group.valid('private key of 0xff bytes', ['Clamping'], values(filled(0xff, 32), publicKey));
}

function clamped(secret) {
  const copy = Uint8Array.from(secret);
  copy[0] &= 248;
  copy[31] = (copy[31] & 127) | 64;
  return copy;
}

function sizes(group, random) {
  const secret = random('size, private', 32);
  for (const size of [0, 1, 31, 33, 64]) {
    group.invalid(`public key of ${size} bytes`, ['KeySize'], 'KEY_SIZE', { public: hex(random(`size ${size}`, size)), private: hex(secret), shared: '' });
  }
}
