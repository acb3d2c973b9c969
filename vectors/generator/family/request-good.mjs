import { concat, counting, flipped, littleEndian, utf8 } from '../core/bytes.mjs';
import { CHAT, EMBEDDINGS, IMAGES, TEXT, bodyFor } from '../core/node-request.mjs';
import { taken } from '../core/node-verdict.mjs';
import { SCHEMES } from '../core/signing.mjs';
import { published } from '../core/vector-file.mjs';

const P = 2n ** 255n - 19n;
const MAX = '9223372036854775807';
const NAMES = { [CHAT]: 'chat', [TEXT]: 'text', [EMBEDDINGS]: 'embeddings', [IMAGES]: 'images' };

/** The very request of docs/PROTOCOL.md section 3. */
export function checkValue(group, scene) {
  const request = scene.request('check value', {
    plaintext: utf8('{"model":"m/test","messages":[{"role":"user","content":"héllo"}],"stream":false}'),
    clientSecret: counting(1, 32),
    salt: counting(0x10, 16),
    nonce: counting(0xa0, 12),
    units: 16,
  });
  const envelope = request.envelope.with('stack_small_id', 1);
  published('ciphertext', JSON.parse(envelope.toText()).ciphertext, 'z+GO/xgcm8WtkFPzSazbRDszoZ39sLePY9gRZF9Y4eGaA7twd3XJBSN2JP6JmqkPfScBefJmCIgVDc145YQqcqh9UVKyKFB7AjorlK+12JXrCoYCImXf7ZiB/lOBvrShtA==');
  taken(group, scene, 'the request of docs/PROTOCOL.md section 3', ['CheckValue'], { ...request, envelope });
}

/** Requests that every node takes. */
export function good(group, scene) {
  const ok = (comment, flag, options = {}, wire = {}, more = {}) => {
    const request = scene.request(comment, options);
    taken(group, scene, comment, [flag], wire.edit ? { ...request, envelope: wire.edit(request.envelope) } : request, wire.text ? { ...wire, text: wire.text(request.envelope) } : wire, more);
  };
  for (const path of [CHAT, TEXT, EMBEDDINGS, IMAGES]) {
    ok(`${NAMES[path]}`, 'Good', { path });
  }
  for (const path of [CHAT, TEXT]) {
    ok(`${NAMES[path]}, streamed`, 'Good', { path, stream: true, body: bodyFor(path, { stream: true }) });
    ok(`${NAMES[path]}, not streamed and the body says so`, 'Good', { path, body: bodyFor(path, { stream: false }) });
  }
  for (const path of [EMBEDDINGS, IMAGES]) {
    ok(`${NAMES[path]}, stream null in the envelope`, 'Good', { path }, { edit: (e) => e.with('stream', null) });
    ok(`${NAMES[path]}, stream false in the envelope`, 'Good', { path }, { edit: (e) => e.with('stream', false) });
  }
  for (const scheme of Object.values(SCHEMES)) {
    const request = scene.request(`signed with ${scheme.name}`);
    taken(group, scene, `signed with ${scheme.name}`, ['Good'], request, { xSignature: scene.signature(request.hash, scheme) });
  }
  mediaTypes(ok);
  writing(ok);
  numbers(ok);
  clientKeys(group, scene);
  generous(ok);
  ok('a body of the largest size', 'EdgeCaseNumber', {}, {}, { paddedTo: scene.fields.maxBodyBytes });
}

function mediaTypes(ok) {
  for (const contentType of ['application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON']) {
    ok(`media type ${contentType}`, 'Writing', {}, { contentType });
  }
}

function writing(ok) {
  ok('fields in the opposite order', 'Writing', {}, { edit: (e) => e.reversed() });
  ok('whitespace between everything', 'Writing', {}, { text: (e) => e.toText(' {\n\t', ' ,\r\n ', ' : ', '\n}\n') });
  ok('an unknown field', 'Writing', {}, { edit: (e) => e.with('comment', 'none of yours') });
  ok('an unknown field that holds an object', 'Writing', {}, { edit: (e) => e.raw('extra', '{"a":[1,2.5e3,{"b":null}]}') });
  ok('a field name with an escape', 'Writing', {}, { text: (e) => e.toText().replace('"salt"', '"\\u0073alt"') });
  ok('a value with an escape', 'Writing', {}, { text: (e) => e.toText().replace('"m/test"', '"m\\/\\u0074est"') });
  ok('base64 with escaped slashes', 'Writing', {}, { text: (e) => e.toText().replaceAll('/', '\\/') });
}

function numbers(ok) {
  ok('units null', 'Good', {}, { edit: (e) => e.with('num_compute_units', null) });
  ok('units of one', 'EdgeCaseNumber', { units: 1 });
  ok('units of 2^63 - 1', 'EdgeCaseNumber', {}, { edit: (e) => e.raw('num_compute_units', MAX) });
  ok('stack 1', 'EdgeCaseNumber', {}, { edit: (e) => e.with('stack_small_id', 1) });
  ok('stack 2^63 - 1', 'EdgeCaseNumber', {}, { edit: (e) => e.raw('stack_small_id', MAX) });
  ok('max_tokens as many as the units', 'EdgeCaseNumber', { units: 16, body: bodyFor(CHAT, { max_tokens: 16 }) });
  ok('max_completion_tokens times n as many as the units', 'EdgeCaseNumber', { units: 16, body: bodyFor(CHAT, { max_completion_tokens: 8, n: 2 }) });
  ok('max_tokens above the default and no units, which the node lowers', 'EdgeCaseNumber', { body: bodyFor(CHAT, { max_tokens: 100000 }) });
  ok('pixels times n as many as the units', 'EdgeCaseNumber', { path: IMAGES, units: 4096, body: bodyFor(IMAGES, { size: '64x32', n: 2 }) });
  ok('an image as large as the default units', 'EdgeCaseNumber', { path: IMAGES, body: bodyFor(IMAGES, { size: '1024x1024' }) });
}

function clientKeys(group, scene) {
  const usual = scene.request('client key with bit 255 set');
  const top = flipped(usual.clientKey, 255);
  taken(group, scene, 'client key with bit 255 set', ['ClientKey'], { ...usual, clientKey: top, envelope: usual.envelope.bytes('client_dh_public_key', top) });
  for (const above of [2n, 9n, 18n]) {
    const comment = `client key p + ${above}, which is ${above}`;
    taken(group, scene, comment, ['ClientKey'], scene.request(comment, { clientKey: littleEndian(P + above, 32) }));
  }
}

function generous(ok) {
  const chat = (comment, body) => ok(comment, 'Generous', { body: { model: 'm/test', ...body } });
  const message = (more) => ({ messages: [{ role: 'user', ...more }] });
  chat('content that is missing', message({}));
  chat('content null', message({ content: null }));
  chat('content of parts', message({ content: [{ type: 'text', text: 'What is a seal?' }] }));
  chat('an empty content', message({ content: '' }));
  chat('role developer', { messages: [{ role: 'developer', content: 'Be brief.' }, { role: 'user', content: 'Why?' }] });
  chat('a role that nobody knows', { messages: [{ role: 'harbour seal', content: 'Arf' }] });
  chat('stream null in the body', { ...message({ content: 'a' }), stream: null });
  chat('optional fields null', { ...message({ content: 'a' }), max_tokens: null, max_completion_tokens: null, n: null, stream_options: null });
  chat('unknown fields', { ...message({ content: 'a', name: 'b' }), seed: 7, logit_bias: { 1: -100 } });
  chat('a user of 128 random bits', { ...message({ content: 'a' }), user: '00112233445566778899aabbccddeeff' });
  chat('text beyond 16 bits', message({ content: 'a seal: \u{1f9ad}' }));
  ok('units that do not cover the prompt', 'Generous', { units: 1, body: bodyFor(CHAT, { messages: [{ role: 'user', content: 'one two three four five' }] }) });
  ok('whitespace around the body', 'Generous', { plaintext: concat(utf8(' \n'), utf8(JSON.stringify(bodyFor(CHAT))), utf8('\r\n\t')) });
  ok('the model with an escape', 'Generous', { plaintext: utf8('{"model":"m\\u002ftest","messages":[{"role":"user","content":"a"}]}') });
  ok('a list of prompts', 'Generous', { path: TEXT, body: { model: 'm/test', prompt: ['one', 'two'] } });
  ok('a prompt of tokens', 'Generous', { path: TEXT, body: { model: 'm/test', prompt: [1, 2, 3] } });
  ok('an empty prompt', 'Generous', { path: TEXT, body: { model: 'm/test', prompt: '' } });
  ok('a list of inputs', 'Generous', { path: EMBEDDINGS, body: { model: 'm/test', input: ['one', 'two'] } });
  ok('size null', 'Generous', { path: IMAGES, body: bodyFor(IMAGES, { size: null, n: null }) });
}
