import { concat, utf8 } from '../core/bytes.mjs';
import { CHAT, EMBEDDINGS, IMAGES, TEXT, bodyFor } from '../core/node-request.mjs';
import { refused } from '../core/node-verdict.mjs';

const TALK = { messages: [{ role: 'user', content: 'a' }] };

/** Bodies that open and are refused for what they say. */
export function bodyRefusals(group, scene) {
  const no = (comment, flag, options) => refused(group, scene, comment, [flag], 'INVALID_BODY', scene.request(comment, options));
  json(no);
  forms(no);
  disagreements(no);
  units(no);
}

function json(no) {
  const bytes = (comment, flag, plaintext) => no(`body: ${comment}`, flag, { plaintext: typeof plaintext === 'string' ? utf8(plaintext) : plaintext });
  const chat = JSON.stringify(bodyFor(CHAT));
  bytes('nothing', 'BadBody', '');
  bytes('no JSON', 'BadBody', 'What is a seal?');
  bytes('null', 'BadBody', 'null');
  bytes('a list around it', 'BadBody', `[${chat}]`);
  bytes('a byte order mark', 'BadBody', `\ufeff${chat}`);
  bytes('a word behind it', 'BadBody', `${chat} null`);
  bytes('the last brace missing', 'BadBody', chat.slice(0, -1));
  bytes('a comma before the end', 'BadBody', `${chat.slice(0, -1)},}`);
  bytes('a byte that is no UTF-8', 'BadBody', concat(utf8(chat.slice(0, -1)), utf8(',"user":"'), [0xff], utf8('"}')));
  bytes('model two times, the same', 'DuplicateField', `${chat.slice(0, -1)},"model":"m/test"}`);
  bytes('model two times, the second another', 'DuplicateField', `${chat.slice(0, -1)},"model":"m/other"}`);
  bytes('model two times, once with an escape in its name', 'DuplicateField', `${chat.slice(0, -1)},"mode\\u006c":"m/other"}`);
  bytes('role two times in a message', 'DuplicateField', '{"model":"m/test","messages":[{"role":"user","role":"system","content":"a"}]}');
  bytes('max_tokens two times', 'DuplicateField', `${chat.slice(0, -1)},"max_tokens":1,"max_tokens":100000}`);
}

function forms(no) {
  const body = (path, name) => (comment, fields) => no(`${name}: ${comment}`, 'BadBody', { path, body: { model: 'm/test', ...fields } });
  const chat = body(CHAT, 'chat');
  chat('messages missing', {});
  chat('messages null', { messages: null });
  chat('no messages', { messages: [] });
  chat('messages is a text', { messages: 'a' });
  chat('messages is an object', { messages: TALK.messages[0] });
  chat('a message is a text', { messages: ['a'] });
  chat('a message is null', { messages: [null] });
  chat('a message without a role', { messages: [{ content: 'a' }] });
  chat('a role that is a number', { messages: [{ role: 1, content: 'a' }] });
  chat('the second message without a role', { messages: [...TALK.messages, { content: 'a' }] });
  chat('content is a number', { messages: [{ role: 'user', content: 7 }] });
  chat('content is an object', { messages: [{ role: 'user', content: {} }] });
  chat('content is true', { messages: [{ role: 'user', content: true }] });
  chat('a prompt in the place of messages', { prompt: 'a' });
  for (const [path, name, field] of [[TEXT, 'text', 'prompt'], [EMBEDDINGS, 'embeddings', 'input']]) {
    const of = body(path, name);
    of(`${field} missing`, {});
    of(`${field} null`, { [field]: null });
    of(`${field} is an empty list`, { [field]: [] });
    of(`${field} is a number`, { [field]: 7 });
    of(`${field} is an object`, { [field]: { text: 'a' } });
  }
  const images = body(IMAGES, 'images');
  images('prompt missing', {});
  images('prompt null', { prompt: null });
  images('prompt is a list', { prompt: ['a'] });
  for (const size of ['64', '64x', 'x64', '0x64', '64x0', '-64x64', '64 x 64', '64X64', '64x64x3', 'auto']) {
    images(`size "${size}"`, { prompt: 'a', size });
  }
  images('size is a number', { prompt: 'a', size: 64 });
  for (const [value, comment] of [[0, 'zero'], [-1, 'negative'], [1.5, 'with a fraction'], ['1', 'as text'], [true, 'that is true'], [[1], 'in a list']]) {
    for (const field of ['max_tokens', 'max_completion_tokens', 'n']) {
      chat(`${field} ${comment}`, { ...TALK, [field]: value });
    }
  }
  images('n zero', { prompt: 'a', n: 0 });
  images('n as text', { prompt: 'a', n: '1' });
}

function disagreements(no) {
  const differ = (comment, options) => no(comment, 'Disagreement', options);
  differ('the body names another model', { body: { ...TALK, model: 'm/other' } });
  differ('the envelope names another model', { model: 'm/other' });
  differ('the model in upper case in the body', { body: { ...TALK, model: 'M/TEST' } });
  differ('the model with a space in the body', { body: { ...TALK, model: 'm/test ' } });
  differ('no model in the body', { body: TALK });
  differ('model null in the body', { body: { ...TALK, model: null } });
  differ('model is a list in the body', { body: { ...TALK, model: ['m/test'] } });
  for (const [path, name] of [[CHAT, 'chat'], [TEXT, 'text']]) {
    differ(`${name}: a stream in the envelope, none in the body`, { path, stream: true, body: bodyFor(path, { stream: false }) });
    differ(`${name}: a stream in the envelope, nothing in the body`, { path, stream: true, body: bodyFor(path) });
    differ(`${name}: a stream in the envelope, null in the body`, { path, stream: true, body: bodyFor(path, { stream: null }) });
    differ(`${name}: a stream in the body, none in the envelope`, { path, body: bodyFor(path, { stream: true }) });
    differ(`${name}: stream is a text in the body`, { path, body: bodyFor(path, { stream: 'false' }) });
    differ(`${name}: stream is zero in the body`, { path, body: bodyFor(path, { stream: 0 }) });
  }
  differ('embeddings: a stream in the body', { path: EMBEDDINGS, body: bodyFor(EMBEDDINGS, { stream: true }) });
  differ('images: a stream in the body', { path: IMAGES, body: bodyFor(IMAGES, { stream: true }) });
}

function units(no) {
  const above = (comment, options) => no(comment, 'Units', options);
  for (const path of [CHAT, TEXT]) {
    above(`${path === CHAT ? 'chat' : 'text'}: max_tokens one above the units`, { path, units: 16, body: bodyFor(path, { max_tokens: 17 }) });
  }
  above('max_completion_tokens one above the units', { units: 16, body: bodyFor(CHAT, { max_completion_tokens: 17 }) });
  above('max_tokens fits, max_completion_tokens does not', { units: 16, body: bodyFor(CHAT, { max_tokens: 1, max_completion_tokens: 17 }) });
  above('max_tokens times n above the units', { units: 16, body: bodyFor(CHAT, { max_tokens: 6, n: 3 }) });
  above('max_tokens times n that does not fit 64 bits', { units: 16, plaintext: utf8('{"model":"m/test","messages":[{"role":"user","content":"a"}],"max_tokens":4294967296,"n":4294967296}') });
  above('pixels one line above the units', { path: IMAGES, units: 4096, body: bodyFor(IMAGES, { size: '64x65' }) });
  above('pixels times n above the units', { path: IMAGES, units: 4096, body: bodyFor(IMAGES, { size: '64x64', n: 2 }) });
  above('the usual size above the units', { path: IMAGES, units: 4096, body: bodyFor(IMAGES) });
  above('an image above the default units, and none named', { path: IMAGES, body: bodyFor(IMAGES, { size: '1024x1025' }) });
  above('two images above the default units, and none named', { path: IMAGES, body: bodyFor(IMAGES, { n: 2 }) });
}
