import { sha256 } from '@noble/hashes/sha2.js';
import { base64, bigEndian, concat, counting, filled, flipped, hex, littleEndian, toNumber, unhex, utf8 } from '../core/bytes.mjs';
import { SCHEMES, addressOf, envelopeBytes, signed, signerOf } from '../core/signing.mjs';
import { GENERATED, VectorFile, note, page, published } from '../core/vector-file.mjs';

const NOTES = {
  Published: note('BASIC', 'The values stand in a published document.', 'An implementation that fails is not the scheme.'),
  CheckValue: note('BASIC', 'The signature that docs/PROTOCOL.md section 5 shows.', 'Every request is refused.'),
  Random: note('BASIC', 'Keys and hashes without any special property.', 'Every request is refused.'),
  EdgeCaseHash: note('EDGE_CASE', 'A hash with an unusual value, which the signer does not choose.', 'Some requests are refused, most are not.'),
  Malformed: note('MODIFIED_PARAMETER', 'The envelope is no flag, signature and key of one scheme in canonical base64.', 'One signature has several texts, or bytes beside the envelope are read.'),
  KeyForm: note('MODIFIED_PARAMETER', 'The key is not a compressed point.', 'One key has several addresses.'),
  InvalidKey: note('CAN_OF_WORMS', 'The key is no point of the curve.', 'The verifier crashes, or works on a weaker curve.'),
  WrongScheme: note('MISSING_STEP', 'The flag names another scheme than the one that signed.', 'A signature is judged by rules it was not made for.'),
  InvalidScalar: note('AUTH_BYPASS', 'r or s is 0 or not less than the order.', 'A verifier that does not look takes a signature that nobody made.'),
  HighS: note('SIGNATURE_MALLEABILITY', 'The other s that plain arithmetic takes too.', 'Anyone can make a second signature of the same message.'),
  OtherMessage: note('AUTH_BYPASS', 'A true signature of something else.', 'A signature of one request or answer is used for another.'),
  ModifiedSignature: note('AUTH_BYPASS', 'The signature was changed after it was made.', 'Anyone signs for anyone.'),
  OtherSigner: note('AUTH_BYPASS', 'A true signature by a key with another address than expected.', 'Any key of one’s own is enough to pass as proxy or node.'),
};

/** The signature envelope of the three schemes, and published values of the schemes themselves. */
export function signature() {
  const file = new VectorFile('signature', {
    algorithm: 'SIGNATURE-ENVELOPE',
    header: [
      'EnvelopeTest asks whether envelope is a signature over the 32 bytes of hash by the key of address: docs/PROTOCOL.md',
      'section 5. secret, where it stands, makes the very envelope; ECDSA nonces are those of RFC 6979. EddsaVerify and',
      'EcdsaP1363Verify have the shape of Wycheproof and messages of any length; the protocol asks for a low s there too.',
    ],
    notes: NOTES,
  });
  rfc8032(file);
  rfc6979(file);
  checkValues(file.group('EnvelopeTest', page(5)));
  for (const scheme of Object.values(SCHEMES)) {
    good(file.group('EnvelopeTest', GENERATED), scheme, file.random);
    bad(file.group('EnvelopeTest', page(5)), scheme, file.random);
  }
  return file;
}

function rfc8032(file) {
  for (const [name, seed, pk, msg, sig] of [
    ['test 1', '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
    ['test 2', '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
    ['test 3', 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7', 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
  ]) {
    published(name, hex(SCHEMES.ed25519.publicKey(unhex(seed))), pk);
    published(name, hex(SCHEMES.ed25519.sign(unhex(seed), unhex(msg))), sig);
    const group = file.group('EddsaVerify', { name: 'RFC 8032 section 7.1', version: '2017' }, { publicKey: { type: 'EDDSAPublicKey', curve: 'edwards25519', keySize: 255, pk } });
    group.valid(name, ['Published'], { msg, sig });
    group.invalid(`${name}, the last bit of the message changed`, ['OtherMessage'], 'BAD_SIGNATURE', { msg: msg === '' ? '00' : hex(flipped(unhex(msg), 0)), sig });
  }
}

function rfc6979(file) {
  const scheme = SCHEMES.secp256r1;
  const secret = unhex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721');
  const [wx, wy] = ['60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6', '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299'];
  published('public key', hex(scheme.curve.getPublicKey(secret, false)), `04${wx}${wy}`);
  const group = file.group('EcdsaP1363Verify', { name: 'RFC 6979 appendix A.2.5, SHA-256', version: '2013' }, {
    publicKey: { type: 'EcPublicKey', curve: 'secp256r1', keySize: 256, uncompressed: `04${wx}${wy}`, wx, wy },
    sha: 'SHA-256',
  });
  const high = 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8';
  const low = 'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083';
  published('sample', high, hex(withOtherS(scheme, scheme.sign(secret, utf8('sample')))));
  published('test', low, hex(scheme.sign(secret, utf8('test'))));
  group.valid('the message "test"', ['Published'], { msg: hex(utf8('test')), sig: low });
  group.invalid('the message "sample", whose published s is high', ['Published', 'HighS'], 'BAD_SIGNATURE', { msg: hex(utf8('sample')), sig: high });
  group.valid('the message "sample", its s made low', ['Published'], { msg: hex(utf8('sample')), sig: hex(scheme.sign(secret, utf8('sample'))) });
}

const values = (scheme, hash, envelope, address) => ({ scheme: scheme.name, hash: hex(hash), envelope, address });

const signedCase = (scheme, secret, hash) => ({
  ...values(scheme, hash, signed(scheme, secret, hash), signerOf(scheme, secret)),
  secret: hex(secret),
});

function checkValues(group) {
  const hash = unhex(Buffer.from('zTZU7H7qI1sQqvT51S5fvsxYo+G2xDK+VShelxPQgro=', 'base64').toString('hex'));
  for (const [scheme, envelope, address] of [
    [SCHEMES.ed25519, 'AP+b5EjxWPQPytv2RKsC54WhhiggYJrUsDpqZA3WwMIefKGodbo/PQ36+j/q1RQ33TlLDqwsNwvyydHMHe/fPwjqSmxj4pxSCr71UHsTLsX5lUd2rr6+e5JCHuppFEbSLA==', '0xa0ccc8bcc83f6c628340134f8546a21e0618fd1aaa02432bba454c4a2c2233da'],
    [SCHEMES.secp256k1, 'ARwff4F0fgRAalcIrwkOX3cmSdSEicIajKi7WyzDXEhzQDma5HoBiAHfmejV/mHzB4R4bP2XXqR4I0Z+foKL6+cCmJwLdstWOXH9yb7zHsBsNWDzJJ1u6eXYPFdiVZbgX28=', '0x3334442090548419b94695cbb1838652bb0494b54ff855494dd83491a3cfb6a6'],
    [SCHEMES.secp256r1, 'Ahn5Yd827toti0bZJb6qqFdyORuRYMM5byMBKWLqSD2mFp9kiP48I6R7+qu5Bd510G00y8HYnrX27C5+fEdBQyMDHhhTL9R1TALzBB2cdc6zO4P/2BrHzk/ogsyxyYvFiW4=', '0xa75a3c31148891f7cc33e8f8b9069b710979a417a8594ace613ac5161219e93f'],
  ]) {
    const v = signedCase(scheme, filled(7, 32), hash);
    published(scheme.name, v.envelope, envelope);
    published(scheme.name, v.address, address);
    group.valid(`the check value of ${scheme.name}`, ['CheckValue'], v);
  }
}

function good(group, scheme, random) {
  for (let i = 1; i <= 6; i++) {
    group.valid(`${scheme.name}, random key and hash ${i}`, ['Random'], signedCase(scheme, random(`${scheme.name} secret ${i}`, 32), random(`${scheme.name} hash ${i}`, 32)));
  }
  const secret = random(`${scheme.name} edge`, 32);
  for (const [name, hash] of [['zero bytes', filled(0, 32)], ['0xff bytes', filled(0xff, 32)], ['counting bytes', counting(0, 32)]]) {
    group.valid(`${scheme.name}, hash of ${name}`, ['EdgeCaseHash'], signedCase(scheme, secret, hash));
  }
}

/** The same r with the other s; for Ed25519 s + L, which still fits 32 bytes. */
function withOtherS(scheme, sig) {
  const [r, s] = [sig.slice(0, 32), sig.slice(32)];
  return scheme.flag === 0
    ? concat(r, littleEndian(toNumber(s.slice().reverse()) + scheme.order, 32))
    : concat(r, bigEndian(scheme.order - toNumber(s), 32));
}

function bad(group, scheme, random) {
  const secret = random(`${scheme.name} signer`, 32);
  const hash = random(`${scheme.name} signed hash`, 32);
  const key = scheme.publicKey(secret);
  const sig = scheme.sign(secret, hash);
  const address = signerOf(scheme, secret);
  const good = envelopeBytes(scheme.flag, sig, key);
  const name = (comment) => `${scheme.name}, ${comment}`;
  const malformed = (comment, text, flag = 'Malformed') => group.invalid(name(comment), [flag], 'MALFORMED', values(scheme, hash, text, address));
  const wrong = (comment, flag, signatureBytes, publicKey = key) => {
    if (scheme.verify(publicKey, hash, signatureBytes)) {
      throw new Error(`verifies: ${name(comment)}`);
    }
    group.invalid(name(comment), [flag], 'BAD_SIGNATURE', values(scheme, hash, base64(envelopeBytes(scheme.flag, signatureBytes, publicKey)), addressOf(scheme.flag, publicKey)));
  };
  malformedTexts(malformed, scheme, good, sig, key);
  for (const bit of [0, 7, 100, 255, 256, 300, 508]) {
    wrong(`bit ${bit} of the signature flipped`, 'ModifiedSignature', flipped(sig, bit));
  }
  wrong('the two halves of the signature exchanged', 'ModifiedSignature', concat(sig.slice(32), sig.slice(0, 32)));
  wrong('signature of zero bytes', 'InvalidScalar', filled(0, 64));
  wrong('s of zero', 'InvalidScalar', concat(sig.slice(0, 32), filled(0, 32)));
  wrong('signature of 0xff bytes', 'InvalidScalar', filled(0xff, 64));
  wrong('the other s', 'HighS', withOtherS(scheme, sig));
  otherMessages(wrong, scheme, secret, hash);
  if (scheme.flag === 0) {
    wrong('key that is no point', 'InvalidKey', sig, concat([7], filled(0, 31)));
  } else {
    ecdsaOnly(wrong, malformed, scheme, sig, key, hash, secret);
  }
  const stranger = random(`${scheme.name} stranger`, 32);
  group.invalid(name('signed by another key'), ['OtherSigner'], 'WRONG_SIGNER', values(scheme, hash, signed(scheme, stranger, hash), address));
  const other = scheme.flag === 0 ? SCHEMES.secp256k1 : SCHEMES.ed25519;
  group.invalid(name(`signed by ${other.name} with the same secret`), ['OtherSigner'], 'WRONG_SIGNER', values(scheme, hash, signed(other, secret, hash), address));
}

function malformedTexts(malformed, scheme, good, sig, key) {
  malformed('empty text', '');
  malformed('no base64', '*no base64*');
  malformed('flag alone', base64([scheme.flag]));
  malformed('without the flag', base64(good.slice(1)));
  malformed('without the key', base64(good.slice(0, 65)));
  malformed('the last byte missing', base64(good.slice(0, -1)));
  malformed('a byte added', base64(concat(good, [0])));
  malformed('written two times', base64(concat(good, good)));
  for (const flag of [3, 4, 0x7f, 0x80, 0xff]) {
    malformed(`flag ${flag}`, base64(envelopeBytes(flag, sig, key)));
  }
  malformed('flag of a scheme of another size', base64(envelopeBytes(scheme.flag === 0 ? 1 : 0, sig, key)), 'WrongScheme');
  malformed('key before the signature and one byte short', base64(concat([scheme.flag], key, sig.slice(1))));
  malformed('hex in the place of base64', hex(good));
  malformed('URL alphabet', base64(good).replaceAll('+', '-').replaceAll('/', '_'));
  malformed('line feed behind', `${base64(good)}\n`);
  malformed('space in front', ` ${base64(good)}`);
  malformed('no padding', base64(good).replace(/=+$/, ''));
}

function otherMessages(wrong, scheme, secret, hash) {
  const over = (message) => scheme.sign(secret, message);
  wrong('signed another hash', 'OtherMessage', over(flipped(hash, 0)));
  wrong('signed the hash as hex', 'OtherMessage', over(utf8(hex(hash))));
  wrong('signed the hash as base64', 'OtherMessage', over(utf8(base64(hash))));
  wrong('signed the SHA-256 of what it should sign', 'OtherMessage', over(sha256(hash)));
  wrong('signed nothing', 'OtherMessage', over(new Uint8Array()));
}

function ecdsaOnly(wrong, malformed, scheme, sig, key, hash, secret) {
  const [r, s] = [sig.slice(0, 32), sig.slice(32)];
  const order = bigEndian(scheme.order, 32);
  const uncompressed = scheme.curve.getPublicKey(secret, false);
  wrong('r of zero', 'InvalidScalar', concat(filled(0, 32), s));
  wrong('r is the order', 'InvalidScalar', concat(order, s));
  wrong('s is the order', 'InvalidScalar', concat(r, order));
  wrong('r and s are one', 'InvalidScalar', concat(filled(0, 31), [1], filled(0, 31), [1]));
  wrong('signed without SHA-256', 'OtherMessage', scheme.curve.sign(hash, secret, { prehash: false, lowS: true, format: 'compact' }));
  wrong('key with the other sign of y', 'InvalidKey', sig, concat([key[0] ^ 1], key.slice(1)));
  wrong('key whose x is no coordinate of the curve', 'InvalidKey', sig, concat([2], bigEndian(noCoordinate(scheme), 32)));
  wrong('key whose x is the field’s prime', 'InvalidKey', sig, concat([2], bigEndian(scheme.field, 32)));
  wrong('key whose x is 0xff bytes', 'InvalidKey', sig, concat([3], filled(0xff, 32)));
  for (const prefix of [0, 1, 4, 5, 6, 7]) {
    malformed(`key that begins with ${prefix}`, base64(envelopeBytes(scheme.flag, sig, concat([prefix], key.slice(1)))), 'KeyForm');
  }
  malformed('uncompressed key', base64(envelopeBytes(scheme.flag, sig, uncompressed)), 'KeyForm');
  malformed('key of x alone', base64(envelopeBytes(scheme.flag, sig, key.slice(1))), 'KeyForm');
  malformed('signature in DER', base64(envelopeBytes(scheme.flag, der(r, s), key)));
  const other = scheme === SCHEMES.secp256k1 ? SCHEMES.secp256r1 : SCHEMES.secp256k1;
  wrong(`signed on ${other.name}, with the key of there`, 'WrongScheme', other.sign(secret, hash), other.publicKey(secret));
}

function noCoordinate(scheme) {
  for (let x = 5n; ; x++) {
    try {
      scheme.curve.Point.fromBytes(concat([2], bigEndian(x, 32)));
    } catch {
      return x;
    }
  }
}

/** The signature as X.690 has it: a SEQUENCE of two INTEGERs. */
function der(r, s) {
  const integer = (bytes) => {
    const value = bytes[0] & 0x80 ? concat([0], bytes) : bytes;
    return concat([2, value.length], value);
  };
  const content = concat(integer(r), integer(s));
  return concat([0x30, content.length], content);
}
