import { note } from './vector-file.mjs';

/** The notes that answers and streams share. */
export const SEALED_NOTES = {
  Malformed: note('MISSING_STEP', 'Not a sealed answer: a field is missing, of another form, or the JSON is not strict.', 'A client works with values that the node did not send.'),
  ModifiedSeal: note('AUTH_BYPASS', 'What is sealed was changed.', 'Whoever sits between node and client changes answers.'),
  OtherDerivation: note('MISSING_STEP', 'Sealed under another key than the request’s.', 'A client shows what somebody else sealed.'),
  ReusedNonce: note('CONFIDENTIALITY', 'A nonce that was used before under this key.', 'XOR of two ciphertexts is XOR of two texts, and GCM’s authentication key comes out. An answer under the request’s nonce may be its reflection.'),
  HashMismatch: note('AUTH_BYPASS', 'It opens, and its hash is another one.', 'The node can be made to answer for what it did not say.'),
  Signature: note('AUTH_BYPASS', 'The signature is not one of the hash by the key it names.', 'Nobody answers for the answer.'),
  OtherSigner: note('AUTH_BYPASS', 'A true signature by somebody else than the node.', 'The wrong node is to blame.'),
  UsageMismatch: note('AUTH_BYPASS', 'The usage outside is not the one inside.', 'The proxy charges another amount than the node has sealed.'),
  SealMark: note('AUTH_BYPASS', 'The `seal` inside does not fit: docs/PROTOCOL.md section 6.', 'The proxy drops, repeats, reorders or swaps answers and events unnoticed.'),
  NotStrictInside: note('MISSING_STEP', 'What is sealed is not strict JSON.', 'Two readers of one answer read two answers.'),
};
