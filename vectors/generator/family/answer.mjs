import { AnswerScene, USAGE, completion } from '../core/answer-scene.mjs';
import { concat, flipped, utf8 } from '../core/bytes.mjs';
import { bodyOf } from '../core/envelope.mjs';
import { sealedFaults } from '../core/sealed-faults.mjs';
import { SEALED_NOTES } from '../core/sealed-notes.mjs';
import { SCHEMES, signerOf } from '../core/signing.mjs';
import { GENERATED, VectorFile, note, page } from '../core/vector-file.mjs';

const NOTES = {
  Good: note('BASIC', 'An answer that every client must take.', 'A client refuses what a node may send.'),
  Writing: note('BASIC', 'JSON written in another way.', 'A client refuses what a node may send.'),
  ...SEALED_NOTES,
};

/** Whole answers: what a careful client opens, or why it gives up. */
export function answer() {
  const file = new VectorFile('answer', {
    algorithm: 'SEALED-ANSWER',
    header: [
      'A client sealed a request with clientSecret to nodePublicKey under salt and requestNonce; requestHash is its',
      'plaintext_body_hash, and it expects answers of signer. A case is the body of a 200. A careful client checks in the',
      'order of docs/PROTOCOL.md section 1: form, nonce, tag, hash, signature, signer, seal, usage. It opens a valid answer',
      'to plaintext and shows nothing of an invalid one.',
    ],
    notes: NOTES,
  });
  const scene = new AnswerScene(file.random);
  good(file, scene);
  refusals(file.group('AnswerTest', page(1), scene.fields), scene);
  return file;
}

const sealedText = (scene, more = {}) => JSON.stringify({ ...completion(more), seal: scene.mark(0, true) });

function good(file, scene) {
  const group = file.group('AnswerTest', GENERATED, scene.fields);
  const ok = (comment, flag, plaintext, options = {}, write = (json) => json.toText()) => group.valid(comment, [flag], { ...bodyOf(write(scene.seal(comment, plaintext, options))), plaintext });
  const usual = sealedText(scene);
  const usage = USAGE;
  ok('a chat completion', 'Good', usual, { usage });
  ok('a chat completion without seal', 'Good', JSON.stringify(completion()), { usage });
  ok('an image, which has no usage', 'Good', JSON.stringify({ created: 1700000000, data: [{ url: 'https://images.invalid/1.png' }], seal: scene.mark(0, true) }));
  ok('embeddings', 'Good', JSON.stringify({ object: 'list', model: 'm/test', data: [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }], usage: { prompt_tokens: 2, completion_tokens: 0, total_tokens: 2 }, seal: scene.mark(0, true) }), { usage: { prompt_tokens: 2, completion_tokens: 0, total_tokens: 2 } });
  ok('usage null outside and inside', 'Good', sealedText(scene, { usage: null }), { usage: null });
  ok('usage null outside and missing inside', 'Good', sealedText(scene, { usage: undefined }), { usage: null });
  ok('text beyond 16 bits', 'Good', sealedText(scene, { choices: [{ index: 0, message: { role: 'assistant', content: 'seal: \u{1f9ad}' }, finish_reason: 'stop' }] }), { usage });
  ok('a number with many digits', 'Good', usual.replace('"created":1700000000', '"created":1700000000,"extra":0.10000000000000000555'), { usage });
  ok('whitespace inside the plaintext', 'Writing', ` ${usual.replaceAll(',', ', ')}\n`, { usage });
  ok('the keys of the usage in another order outside', 'Writing', usual, { usage: { total_tokens: 12, prompt_tokens: 9, completion_tokens: 3 } });
  ok('an unknown field outside', 'Writing', usual, { usage }, (json) => json.with('extra', [1]).toText());
  ok('fields in the opposite order', 'Writing', usual, { usage }, (json) => json.reversed().toText());
  ok('whitespace outside', 'Writing', usual, { usage }, (json) => json.toText('{ ', ' ,\n', ': ', ' }\r\n'));
  ok('base64 with escaped slashes', 'Writing', usual, { usage }, (json) => json.toText().replaceAll('/', '\\/'));
  for (const scheme of [SCHEMES.secp256k1, SCHEMES.secp256r1]) {
    const comment = `signed with ${scheme.name}`;
    const own = file.group('AnswerTest', GENERATED, { ...scene.fields, signer: signerOf(scheme, scene.signingSecret) });
    own.valid(comment, ['Good'], { ...bodyOf(scene.seal(comment, usual, { usage, scheme }).toText()), plaintext: usual });
  }
}

function refusals(group, scene) {
  const no = (comment, flag, error, text) => group.invalid(comment, [flag], error, bodyOf(typeof text === 'string' || text instanceof Uint8Array ? text : text.toText()));
  const usual = sealedText(scene);
  for (const [comment, flag, error, make] of sealedFaults(scene)) {
    no(comment, flag, error, make(comment, usual, USAGE));
  }
  const sealed = (label, plaintext = usual, options = {}) => scene.seal(label, plaintext, { usage: USAGE, ...options });
  no('nothing', 'Malformed', 'MALFORMED', '');
  no('a byte order mark', 'Malformed', 'MALFORMED', `\ufeff${sealed('bom').toText()}`);
  no('a byte that is no UTF-8', 'Malformed', 'MALFORMED', withByte(sealed('not utf-8')));
  no('an error object', 'Malformed', 'MALFORMED', '{"error":{"code":"INTERNAL_ERROR","message":"no"}}');
  no('an object around it', 'Malformed', 'MALFORMED', `{"data":${sealed('wrapped').toText()}}`);
  usages(no, scene);
  seals(no, scene);
  inside(no, scene);
}

const withByte = (json) => {
  const [before, after] = json.with('extra', '|').toText().split('|');
  return concat(utf8(before), [0xff], utf8(after));
};

function usages(no, scene) {
  const usual = sealedText(scene);
  const differ = (comment, usage, plaintext = usual) => no(comment, 'UsageMismatch', 'USAGE_MISMATCH', scene.seal(comment, plaintext, { usage }));
  differ('usage missing outside', undefined);
  differ('usage null outside', null);
  differ('usage missing inside', USAGE, sealedText(scene, { usage: undefined }));
  differ('usage null inside', USAGE, sealedText(scene, { usage: null }));
  differ('total_tokens one more outside', { ...USAGE, total_tokens: 13 });
  differ('total_tokens one less outside', { ...USAGE, total_tokens: 11 });
  differ('a count missing outside', { prompt_tokens: 9, total_tokens: 12 });
  differ('a count more outside', { ...USAGE, cached_tokens: 0 });
  differ('a count as text outside', { ...USAGE, total_tokens: '12' });
}

function seals(no, scene) {
  const mark = scene.mark(0, true);
  const wrong = (comment, seal) => no(comment, 'SealMark', 'SEAL_MISMATCH', scene.seal(comment, JSON.stringify({ ...completion(), seal }), { usage: USAGE }));
  wrong('seal with number 1', { ...mark, seq: 1 });
  wrong('seal that is not final', { ...mark, final: false });
  wrong('seal of another request', { ...mark, request_hash: Buffer.from(flipped(scene.requestHash, 0)).toString('base64') });
  wrong('seal with its number as text', { ...mark, seq: '0' });
  wrong('seal with final as text', { ...mark, final: 'true' });
  wrong('seal without a number', { final: true, request_hash: mark.request_hash });
  wrong('seal without final', { seq: 0, request_hash: mark.request_hash });
  wrong('seal without the hash of the request', { seq: 0, final: true });
  wrong('seal that is empty', {});
  wrong('seal that is a list', [0, true, mark.request_hash]);
}

function inside(no, scene) {
  const usual = sealedText(scene);
  const bad = (comment, plaintext) => no(`inside: ${comment}`, 'NotStrictInside', 'MALFORMED_PLAINTEXT', scene.seal(`inside ${comment}`, plaintext, { usage: USAGE }));
  bad('no JSON', 'A marine mammal.');
  bad('nothing', '');
  bad('a list', `[${usual}]`);
  bad('a byte order mark', `\ufeff${usual}`);
  bad('a word behind it', `${usual} null`);
  bad('a field two times', `${usual.slice(0, -1)},"model":"m/other"}`);
  bad('a byte that is no UTF-8', concat(utf8(usual.slice(0, -1)), utf8(',"extra":"'), [0xff], utf8('"}')));
}
