import { base64, hex, unhex, utf8 } from './bytes.mjs';
import { JsonText, bodyOf } from './envelope.mjs';
import { agree, bodyHash, derive, open, publicKeyOf, seal } from './sealing.mjs';
import { SCHEMES, signed, signerOf } from './signing.mjs';

export const MODEL = 'm/test';
export const CHAT = '/v1/confidential/chat/completions';
export const TEXT = '/v1/confidential/completions';
export const EMBEDDINGS = '/v1/confidential/embeddings';
export const IMAGES = '/v1/confidential/images/generations';

/** The body of a path that a node must take, `more` beside it. */
export function bodyFor(path, more = {}) {
  const asked = {
    [CHAT]: { messages: [{ role: 'user', content: 'What is a seal?' }] },
    [TEXT]: { prompt: 'A seal is' },
    [EMBEDDINGS]: { input: 'a seal' },
    [IMAGES]: { prompt: 'a seal' },
  };
  return { model: MODEL, ...asked[path], ...more };
}

/** Seals requests to one node, which takes the signatures of three proxies. */
export class NodeScene {
  constructor(random, nodeSecret = random('the node', 32)) {
    this.random = random;
    this.nodeSecret = nodeSecret;
    this.nodeKey = publicKeyOf(this.nodeSecret);
    this.proxySecret = random('the proxy', 32);
    this.fields = {
      nodeSecret: hex(this.nodeSecret),
      nodePublicKey: base64(this.nodeKey),
      proxies: Object.values(SCHEMES).map((scheme) => signerOf(scheme, this.proxySecret)),
      models: [MODEL],
      maxBodyBytes: 4 * 1024 * 1024,
    };
  }

  /** A request that the node must take; `options` change what is sealed, nothing is broken yet. */
  request(label, options = {}) {
    const path = options.path ?? CHAT;
    const plaintext = options.plaintext ?? utf8(JSON.stringify(options.body ?? bodyFor(path)));
    const secret = options.clientSecret ?? this.random(`${label}, client`, 32);
    const clientKey = options.clientKey ?? publicKeyOf(secret);
    const salt = options.salt ?? this.random(`${label}, salt`, 16);
    const nonce = options.nonce ?? this.random(`${label}, nonce`, 12);
    const shared = options.shared ?? (options.clientKey ? agree(this.nodeSecret, clientKey) : agree(secret, options.nodeKey ?? this.nodeKey));
    const key = options.key ?? derive(shared, salt).key;
    const hash = options.hash ?? bodyHash(plaintext);
    const streams = path === CHAT || path === TEXT;
    const envelope = JsonText.of({
      ciphertext: base64(options.ciphertext ?? seal(key, nonce, plaintext, options.aad)),
      client_dh_public_key: base64(clientKey),
      node_dh_public_key: base64(this.nodeKey),
      nonce: base64(nonce),
      salt: base64(salt),
      plaintext_body_hash: base64(hash),
      stack_small_id: 7,
      model_name: options.model ?? MODEL,
      ...(streams ? { stream: options.stream ?? false } : {}),
      ...(options.units === undefined ? {} : { num_compute_units: options.units }),
    });
    return { path, plaintext, secret, clientKey, salt, nonce, key, hash, envelope };
  }

  /** The X-Signature of one of the proxies over a hash. */
  signature(hash, scheme = SCHEMES.ed25519, secret = this.proxySecret) {
    return signed(scheme, secret, hash);
  }

  /** What goes over the wire, as it stands in the file. */
  wire(request, { text, xSignature, method = 'POST', path, contentType = 'application/json' } = {}) {
    return {
      method,
      path: path ?? request.path,
      contentType,
      xSignature: xSignature === undefined ? this.signature(request.hash) : xSignature,
      ...bodyOf(text ?? request.envelope.toText()),
    };
  }

  /** The body as the node must open it; ends the program where it does not open. */
  opened(request) {
    const { key } = derive(agree(this.nodeSecret, request.clientKey), request.salt);
    const fields = Object.fromEntries(request.envelope.fields.map(([name, value]) => [JSON.parse(name), value]));
    const plaintext = open(key, request.nonce, unhex(Buffer.from(JSON.parse(fields.ciphertext), 'base64').toString('hex')));
    if (plaintext === undefined || hex(bodyHash(plaintext)) !== hex(request.hash)) {
      throw new Error('a request that must open does not');
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  }
}

