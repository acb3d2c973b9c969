import { base64, concat, utf8 } from '../core/bytes.mjs';
import { CHAT, EMBEDDINGS, IMAGES, TEXT, bodyFor } from '../core/node-request.mjs';
import { refused } from '../core/node-verdict.mjs';

const SIZES = { ciphertext: [0, 1, 15], client_dh_public_key: [0, 31, 33], node_dh_public_key: [0, 31, 33], nonce: [0, 8, 11, 13, 16], salt: [0, 12, 15, 17, 32], plaintext_body_hash: [0, 31, 33, 64] };
const NAMES = { [CHAT]: 'chat', [TEXT]: 'text', [EMBEDDINGS]: 'embeddings', [IMAGES]: 'images' };

/** Envelopes that a node refuses before it opens anything. */
export function envelopeRefusals(group, scene) {
  const no = (comment, flag, edit, options = {}) => {
    const request = scene.request(comment, options);
    const changed = edit(request.envelope);
    refused(group, scene, comment, [flag], 'INVALID_BODY', request, { text: typeof changed === 'string' || changed instanceof Uint8Array ? changed : changed.toText() });
  };
  fields(no);
  sizes(no, scene.random);
  base64Forms(no);
  numbers(no);
  streams(no);
  json(no);
}

function fields(no) {
  const texts = [...Object.keys(SIZES), 'model_name'];
  for (const name of [...texts, 'stack_small_id']) {
    no(`${name} missing`, 'MissingField', (e) => e.without(name));
    no(`${name} null`, 'MissingField', (e) => e.with(name, null));
  }
  for (const name of texts) {
    no(`${name} is a number`, 'WrongType', (e) => e.with(name, 12));
    no(`${name} is a list`, 'WrongType', (e) => e.raw(name, `[${e.fields.find(([key]) => JSON.parse(key) === name)[1]}]`));
  }
  no('nonce is a list of numbers', 'WrongType', (e) => e.raw('nonce', '[1,2,3,4,5,6,7,8,9,10,11,12]'));
  no('salt is an object', 'WrongType', (e) => e.raw('salt', '{}'));
  no('model_name is true', 'WrongType', (e) => e.with('model_name', true));
  no('a field name in upper case', 'MissingField', (e) => e.toText().replace('"nonce"', '"NONCE"'));
  no('a field name with a space', 'MissingField', (e) => e.toText().replace('"nonce"', '"nonce "'));
  no('no fields', 'MissingField', () => '{}');
  no('the fields inside another object', 'MissingField', (e) => `{"envelope":${e.toText()}}`);
}

function sizes(no, random) {
  for (const [name, wrong] of Object.entries(SIZES)) {
    for (const size of wrong) {
      no(`${name} of ${size} bytes`, 'WrongSize', (e) => e.bytes(name, random(`${name} of ${size}`, size)));
    }
  }
}

function base64Forms(no) {
  const edit = (name, change) => (e) => e.with(name, change(JSON.parse(e.fields.find(([key]) => JSON.parse(key) === name)[1])));
  for (const name of ['salt', 'client_dh_public_key', 'node_dh_public_key', 'plaintext_body_hash']) {
    no(`${name} without padding`, 'Base64', edit(name, (text) => text.replace(/=+$/, '')));
  }
  no('salt with spare bits', 'Base64', edit('salt', spareBits));
  no('plaintext_body_hash with spare bits', 'Base64', edit('plaintext_body_hash', spareBits));
  no('client_dh_public_key with spare bits', 'Base64', edit('client_dh_public_key', spareBits));
  no('nonce with padding that is not due', 'Base64', edit('nonce', (text) => `${text}====`));
  no('nonce with a line feed behind', 'Base64', edit('nonce', (text) => `${text}\n`));
  no('nonce with a space inside', 'Base64', edit('nonce', (text) => `${text.slice(0, 8)} ${text.slice(8)}`));
  no('ciphertext with a line feed every 76 characters', 'Base64', edit('ciphertext', (text) => text.replace(/(.{76})/g, '$1\r\n')));
  no('salt in the alphabet for URLs', 'Base64', (e) => e.with('salt', '-_-_-_-_-_-_-_-_-_-_-w=='));
  no('nonce in hex', 'Base64', edit('nonce', (text) => Buffer.from(text, 'base64').toString('hex')));
  no('nonce with a character of no alphabet', 'Base64', edit('nonce', (text) => `${text.slice(0, 15)}*`));
}

/** The same bytes with the lowest bit of the last character set, which carries nothing. */
function spareBits(text) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = text.replace(/=+$/, '').length - 1;
  return text.slice(0, last) + alphabet[alphabet.indexOf(text[last]) + 1] + text.slice(last + 1);
}

function numbers(no) {
  const wrong = [['0', 'zero'], ['-1', 'negative'], ['7.0', 'with a fraction of zero'], ['7.5', 'with a fraction'], ['7e0', 'with an exponent'], ['"7"', 'as text'], ['true', 'that is true'], ['[7]', 'in a list'], ['9223372036854775808', 'of 2^63'], ['18446744073709551623', 'of 2^64 + 7'], ['07', 'with a zero in front'], ['+7', 'with a plus sign'], ['0x7', 'in hex']];
  for (const name of ['stack_small_id', 'num_compute_units']) {
    for (const [text, comment] of wrong) {
      no(`${name} ${comment}`, 'Number', (e) => e.raw(name, text));
    }
  }
}

function streams(no) {
  for (const path of [CHAT, TEXT]) {
    const at = { path };
    no(`${NAMES[path]}, stream missing`, 'MissingField', (e) => e.without('stream'), at);
    no(`${NAMES[path]}, stream null`, 'MissingField', (e) => e.with('stream', null), at);
    for (const text of ['"false"', '0', '1', '"true"', '[]']) {
      no(`${NAMES[path]}, stream ${text}`, 'WrongType', (e) => e.raw('stream', text), at);
    }
  }
  for (const path of [EMBEDDINGS, IMAGES]) {
    no(`${NAMES[path]}, stream true`, 'WrongType', (e) => e.with('stream', true), { path, body: bodyFor(path, { stream: true }) });
    no(`${NAMES[path]}, stream "false"`, 'WrongType', (e) => e.with('stream', 'false'), { path });
  }
}

function json(no) {
  const text = (change) => (e) => change(e.toText());
  no('no body', 'NotJson', () => '');
  no('a space', 'NotJson', () => ' ');
  no('null', 'NotJson', () => 'null');
  no('a list around it', 'NotJson', text((t) => `[${t}]`));
  no('a text that holds it', 'NotJson', text((t) => JSON.stringify(t)));
  no('its base64', 'NotJson', text((t) => base64(utf8(t))));
  no('a byte order mark', 'NotJson', text((t) => `\ufeff${t}`));
  no('the last brace missing', 'NotJson', text((t) => t.slice(0, -1)));
  no('one brace more', 'NotJson', text((t) => `${t}}`));
  no('written two times', 'NotJson', text((t) => t + t));
  no('a word behind it', 'NotJson', text((t) => `${t} null`));
  no('a zero byte behind it', 'NotJson', text((t) => `${t}\0`));
  no('a comma before the end', 'NotJson', text((t) => `${t.slice(0, -1)},}`));
  no('a comment', 'NotJson', text((t) => `{/* */${t.slice(1)}`));
  no('single quotes', 'NotJson', text((t) => t.replaceAll('"', "'")));
  no('a name without quotes', 'NotJson', text((t) => t.replace('"nonce"', 'nonce')));
  no('a line feed in a text', 'NotJson', text((t) => t.replace('m/test', 'm/te\nst')));
  no('NaN in an unknown field', 'NotJson', (e) => e.raw('extra', 'NaN'));
  no('in UTF-16', 'NotJson', text((t) => new Uint8Array(Buffer.from(t, 'utf16le'))));
  no('a byte that is no UTF-8 in an unknown field', 'NotJson', (e) => withBytes(e, [0xff]));
  no('an overlong slash in an unknown field', 'NotJson', (e) => withBytes(e, [0xc0, 0xaf]));
  no('half of a surrogate pair as UTF-8 in an unknown field', 'NotJson', (e) => withBytes(e, [0xed, 0xa0, 0x80]));
  for (const name of ['ciphertext', 'nonce', 'plaintext_body_hash', 'model_name', 'stack_small_id']) {
    no(`${name} two times, the same`, 'DuplicateField', (e) => e.also(JSON.stringify(name), e.fields.find(([key]) => JSON.parse(key) === name)[1]));
  }
  no('model_name two times, the second another', 'DuplicateField', (e) => e.also('"model_name"', '"m/other"'));
  no('stream two times, the second true', 'DuplicateField', (e) => e.also('"stream"', 'true'));
  no('salt two times, once with an escape in its name', 'DuplicateField', (e) => e.also('"\\u0073alt"', '"AAAAAAAAAAAAAAAAAAAAAA=="'));
  no('an unknown field two times', 'DuplicateField', (e) => e.also('"extra"', '1').also('"extra"', '2'));
}

function withBytes(envelope, bytes) {
  const [before, after] = envelope.with('extra', '|').toText().split('|');
  return concat(utf8(before), bytes, utf8(after));
}
