import { base64, hex, utf8 } from './bytes.mjs';
import { JsonText } from './envelope.mjs';
import { agree, bodyHash, derive, publicKeyOf, seal } from './sealing.mjs';
import { SCHEMES, signed, signerOf } from './signing.mjs';

export const USAGE = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };

/** One request of a client, and the node that seals what answers it. */
export class AnswerScene {
  constructor(random) {
    this.random = random;
    const clientSecret = random('the client', 32);
    const nodeSecret = random('the node', 32);
    this.signingSecret = random('the signer', 32);
    this.salt = random('the salt', 16);
    this.requestNonce = random('the nonce of the request', 12);
    this.shared = agree(nodeSecret, publicKeyOf(clientSecret));
    this.key = derive(this.shared, this.salt).key;
    this.requestHash = bodyHash(utf8('the body of the request'));
    this.fields = {
      clientSecret: hex(clientSecret),
      nodePublicKey: base64(publicKeyOf(nodeSecret)),
      salt: base64(this.salt),
      requestNonce: base64(this.requestNonce),
      requestHash: base64(this.requestHash),
      signer: signerOf(SCHEMES.ed25519, this.signingSecret),
    };
  }

  /** The `seal` that the reference writes into what it seals. */
  mark(seq, final) {
    return { seq, final, request_hash: base64(this.requestHash) };
  }

  /**
   * A sealed answer or event as JSON that can still be changed. `plaintext` is a text; `usage` stands outside where it
   * is given; the other options put something wrong in the place of what is right.
   */
  seal(label, plaintext, options = {}) {
    const bytes = typeof plaintext === 'string' ? utf8(plaintext) : plaintext;
    const nonce = options.nonce ?? this.random(`${label}, nonce`, 12);
    const hash = options.hash ?? bodyHash(bytes);
    const scheme = options.scheme ?? SCHEMES.ed25519;
    return JsonText.of({
      ciphertext: base64(seal(options.key ?? this.key, nonce, bytes, options.aad)),
      nonce: base64(nonce),
      ...(options.usage === undefined ? {} : { usage: options.usage }),
      signature: options.signature ?? signed(scheme, options.secret ?? this.signingSecret, options.signs ?? hash),
      response_hash: base64(hash),
    });
  }
}

/** A chat completion as a node seals it. */
export const completion = (more = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1700000000,
  model: 'm/test',
  choices: [{ index: 0, message: { role: 'assistant', content: 'A marine mammal.' }, finish_reason: 'stop' }],
  usage: USAGE,
  ...more,
});

/** A chunk of a streamed chat. */
export const chunk = (choices, more = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1700000000,
  model: 'm/test',
  choices,
  ...more,
});
