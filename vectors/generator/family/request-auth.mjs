import { base64, bigEndian, concat, filled, flipped, hex, littleEndian, toNumber, utf8 } from '../core/bytes.mjs';
import { refused } from '../core/node-verdict.mjs';
import { SCHEMES, envelopeBytes } from '../core/signing.mjs';

/** Faults of X-Signature: one and the same refusal, before anything is opened. */
export function authRefusals(group, scene) {
  const no = (comment, make) => {
    const request = scene.request(comment);
    refused(group, scene, comment, ['Signature'], 'AUTH_ERROR', request, { xSignature: make(request) });
  };
  no('no signature', () => null);
  no('an empty signature', () => '');
  no('the signature is no base64', () => '*no base64*');
  no('the hash in the place of the signature', ({ hash }) => base64(hash));
  for (const scheme of Object.values(SCHEMES)) {
    ofScheme(no, scene, scheme);
  }
}

function ofScheme(no, scene, scheme) {
  const { proxySecret } = scene;
  const key = scheme.publicKey(proxySecret);
  const sign = (message) => scheme.sign(proxySecret, message);
  const envelope = (signature, publicKey = key, flag = scheme.flag) => base64(envelopeBytes(flag, signature, publicKey));
  const fault = (comment, make) => no(`${scheme.name}, ${comment}`, make);
  const stranger = scene.random(`${scheme.name} stranger`, 32);
  fault('signed by a proxy that is not configured', ({ hash }) => scene.signature(hash, scheme, stranger));
  fault('signed by a stranger, with the key of the proxy', ({ hash }) => envelope(scheme.sign(stranger, hash)));
  fault('signature of another hash', ({ hash }) => envelope(sign(flipped(hash, 0))));
  fault('signature of the body', ({ plaintext }) => envelope(sign(plaintext)));
  fault('signature of the hash as base64', ({ hash }) => envelope(sign(utf8(base64(hash)))));
  fault('signature of the whole envelope', (request) => envelope(sign(utf8(request.envelope.toText()))));
  fault('one bit of the signature flipped', ({ hash }) => envelope(flipped(sign(hash), 77)));
  fault('the other s', ({ hash }) => envelope(otherS(scheme, sign(hash))));
  fault('signature of zero bytes', () => envelope(filled(0, 64)));
  fault('without the key', ({ hash }) => base64(concat([scheme.flag], sign(hash))));
  fault('without the flag', ({ hash }) => base64(concat(sign(hash), key)));
  fault('a flag that nobody knows', ({ hash }) => envelope(sign(hash), key, 3));
  fault('a byte behind', ({ hash }) => envelope(sign(hash), concat(key, [0])));
  fault('in hex', ({ hash }) => hex(envelopeBytes(scheme.flag, sign(hash), key)));
  fault('without padding', ({ hash }) => envelope(sign(hash)).replace(/=+$/, ''));
}

function otherS(scheme, signature) {
  const [r, s] = [signature.slice(0, 32), signature.slice(32)];
  return scheme.flag === 0
    ? concat(r, littleEndian(toNumber(s.slice().reverse()) + scheme.order, 32))
    : concat(r, bigEndian(scheme.order - toNumber(s), 32));
}
