// What each file holds, for its schema.
import { base64, hex, integer, listOf, matching, object, oneOf, only, optional, orNull, text } from './schema.mjs';

const address = matching('^0x[0-9a-f]{64}$', 'of the signer that is expected');
const any = hex();

const CLIENT = {
  clientSecret: hex(32),
  nodePublicKey: base64(),
  salt: base64(),
  requestNonce: base64(),
  requestHash: base64('plaintext_body_hash of the request'),
  signer: address,
};

const WIRE = {
  method: only('POST', 'PUT', 'DELETE', 'PATCH'),
  path: matching('^/'),
  contentType: orNull(text('null: the header is not sent')),
  xSignature: orNull(text('null: the header is not sent')),
  body: optional(text('the body, to be sent as UTF-8')),
  bodyHex: optional(hex(undefined, 'the body where it is no UTF-8')),
};

export const SHAPES = {
  x25519: {
    title: 'Key agreement',
    errors: ['SMALL_ORDER', 'KEY_SIZE'],
    groups: { XdhComp: { group: { curve: only('curve25519') }, test: { public: any, private: hex(32), shared: any } } },
  },
  hkdf: {
    title: 'Derivation',
    errors: ['OUTPUT_SIZE', 'SALT_SIZE', 'SECRET_SIZE'],
    groups: {
      HkdfTest: { group: { keySize: integer(0, 'bits of ikm') }, test: { ikm: any, salt: any, info: any, size: integer(1), okm: any } },
      DerivationTest: { test: { sharedSecret: any, salt: any, pseudorandomKey: any, key: any } },
    },
  },
  seal: {
    title: 'Seal and open',
    errors: ['UNDECRYPTABLE', 'NONCE_SIZE', 'KEY_SIZE'],
    groups: {
      AeadTest: { group: { keySize: integer(0), ivSize: integer(0), tagSize: integer(0) }, test: { key: any, iv: any, aad: any, msg: any, ct: any, tag: any } },
    },
  },
  hash: {
    title: 'Hash of a body',
    errors: ['HASH_MISMATCH'],
    groups: { HashTest: { group: { digestSize: only(256, 512) }, test: { msg: any, hash: any } } },
  },
  signature: {
    title: 'Signature envelopes',
    errors: ['MALFORMED', 'BAD_SIGNATURE', 'WRONG_SIGNER'],
    groups: {
      EddsaVerify: {
        group: { publicKey: object({ type: only('EDDSAPublicKey'), curve: only('edwards25519'), keySize: only(255), pk: hex(32) }) },
        test: { msg: any, sig: any },
      },
      EcdsaP1363Verify: {
        group: {
          publicKey: object({ type: only('EcPublicKey'), curve: only('secp256k1', 'secp256r1'), keySize: only(256), uncompressed: hex(65), wx: hex(32), wy: hex(32) }),
          sha: only('SHA-256'),
        },
        test: { msg: any, sig: any },
      },
      EnvelopeTest: {
        test: { scheme: only('Ed25519', 'secp256k1', 'secp256r1'), hash: hex(32), envelope: text(), address, secret: optional(hex(32, 'makes this very envelope')) },
      },
    },
  },
  'key-binding': {
    title: 'What binds evidence to a key',
    errors: ['NONCE_MISMATCH', 'HASH_MISMATCH', 'MALFORMED', 'KEY_SIZE'],
    groups: {
      Blake3Test: { test: { msg: any, hash: hex(32) } },
      GpuNonceTest: { test: { contractNonce: text('as a challenge names it'), publicKey: any, gpuNonce: any } },
      EvidencePutTest: { test: { nodeSmallId: matching('^[1-9][0-9]*$', 'a number; as text, since many readers round above 2^53'), compressedEvidence: any, hash: any } },
    },
  },
  base64: {
    title: 'Base64 as the wire has it',
    errors: ['NOT_CANONICAL', 'WRONG_SIZE'],
    groups: {
      Base64Test: { test: { text: text(), bytes: any } },
      Base64SizeTest: { test: { text: base64(), bytes: any, size: integer(1, 'the bytes that the field has') } },
    },
  },
  request: {
    title: 'Whole requests to a node',
    errors: ['NOT_FOUND', 'METHOD_NOT_ALLOWED', 'UNSUPPORTED_MEDIA_TYPE', 'BODY_TOO_LARGE', 'INVALID_BODY', 'AUTH_ERROR', 'STALE_NODE_KEY', 'UNDECRYPTABLE', 'REPLAYED_REQUEST'],
    groups: {
      NodeRequestTest: {
        group: { nodeSecret: hex(32), nodePublicKey: base64(), proxies: listOf(matching('^0x[0-9a-f]{64}$')), models: listOf(text()), maxBodyBytes: integer(1) },
        test: {
          ...WIRE,
          paddedTo: optional(integer(1, 'spaces follow the body up to so many bytes')),
          before: optional(listOf(object(WIRE, oneOf('body', 'bodyHex')), 'requests that this node has had, in their order')),
          status: only(200, 400, 401, 404, 405, 409, 413, 415),
        },
        valid: { plaintext: text('what the node opens') },
        rules: oneOf('body', 'bodyHex'),
      },
    },
  },
  answer: {
    title: 'Whole answers to a client',
    errors: ['MALFORMED', 'NONCE_REUSED', 'UNDECRYPTABLE', 'HASH_MISMATCH', 'BAD_SIGNATURE', 'WRONG_SIGNER', 'MALFORMED_PLAINTEXT', 'SEAL_MISMATCH', 'USAGE_MISMATCH'],
    groups: {
      AnswerTest: {
        group: CLIENT,
        test: { body: WIRE.body, bodyHex: WIRE.bodyHex },
        valid: { plaintext: text('what the client opens') },
        rules: oneOf('body', 'bodyHex'),
      },
    },
  },
  stream: {
    title: 'Whole streams to a client',
    errors: ['MALFORMED', 'NONCE_REUSED', 'UNDECRYPTABLE', 'HASH_MISMATCH', 'BAD_SIGNATURE', 'WRONG_SIGNER', 'MALFORMED_PLAINTEXT', 'SEAL_MISMATCH', 'USAGE_MISMATCH', 'AFTER_FINAL', 'INCOMPLETE'],
    groups: {
      StreamTest: {
        group: CLIENT,
        test: {
          stream: optional(text('the body as it came')),
          streamHex: optional(hex(undefined, 'the body where it is no UTF-8')),
          end: only('clean', 'aborted'),
          released: listOf(text(), 'the plaintexts that may be shown, in order'),
        },
        rules: oneOf('stream', 'streamHex'),
      },
    },
  },
};
