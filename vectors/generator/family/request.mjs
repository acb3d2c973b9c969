import { counting } from '../core/bytes.mjs';
import { NodeScene } from '../core/node-request.mjs';
import { GENERATED, VectorFile, note, page } from '../core/vector-file.mjs';
import { authRefusals } from './request-auth.mjs';
import { bodyRefusals } from './request-body.mjs';
import { envelopeRefusals } from './request-envelope.mjs';
import { checkValue, good } from './request-good.mjs';
import { openingRefusals, replays, staleKeys } from './request-opening.mjs';
import { doorRefusals } from './request-door.mjs';

const NOTES = {
  Good: note('BASIC', 'A request that every node must take.', 'A client that follows the protocol is refused.'),
  Writing: note('BASIC', 'JSON written in another way: order, whitespace, escapes, unknown fields.', 'Clients in other languages are refused.'),
  Generous: note('BASIC', 'A body as real clients write it, with null, missing or unusual values.', 'Deployed clients are refused.'),
  EdgeCaseNumber: note('EDGE_CASE', 'A number at the end of its range.', 'A number that is allowed is refused, or one beyond it is cut.'),
  ClientKey: note('EDGE_CASE', 'A client key that RFC 7748 takes though it is not the usual form.', 'A client is refused, or its key passes for another.'),
  CheckValue: note('BASIC', 'Seals the body of docs/PROTOCOL.md section 3.', 'A client that follows the protocol is refused.'),
  Door: note('MISSING_STEP', 'Path, method, media type or size are wrong.', 'A node does work for what is no request.'),
  MissingField: note('MISSING_STEP', 'A required field is missing or null.', 'A default is used that the sender did not choose.'),
  WrongType: note('MISSING_STEP', 'A field has another type of JSON.', 'A value is converted, by each hop in its own way.'),
  WrongSize: note('MODIFIED_PARAMETER', 'A field has another number of bytes.', 'A value is cut or padded.'),
  Base64: note('MALLEABILITY', 'A field is not canonical base64.', 'One request has several texts.'),
  Number: note('MODIFIED_PARAMETER', 'A number is none that the protocol knows: docs/PROTOCOL.md section 2.', 'Two hops read two numbers.'),
  NotJson: note('MISSING_STEP', 'The body is not exactly one JSON object in UTF-8.', 'Two hops read two requests.'),
  DuplicateField: note('AUTH_BYPASS', 'A field stands there two times.', 'The proxy checks one value and the node uses the other.'),
  Signature: note('AUTH_BYPASS', 'X-Signature is not a signature of the hash by a configured proxy.', 'Anyone who reaches the node uses it without paying.'),
  StaleKey: note('MISSING_STEP', 'The envelope names another node key.', 'A client is not told to lock again, or a node tells what does not open apart.'),
  ModifiedSeal: note('AUTH_BYPASS', 'What is sealed was changed.', 'Whoever sits between client and node changes requests.'),
  SmallOrder: note('CONFIDENTIALITY', 'The client key has small order, so that anyone can seal for it.', 'A request without a secret is answered.'),
  HashMismatch: note('AUTH_BYPASS', 'The body opens, and its hash is another one.', 'The proxy signs, and users are charged for, something else than is asked.'),
  OtherDerivation: note('MISSING_STEP', 'Sealed under a key that was derived in another way.', 'Two sides agree on a weaker exchange.'),
  Replay: note('AUTH_BYPASS', 'The derived key was used before under this node key.', 'A stored request is run again, at its owner’s cost.'),
  NoReplay: note('BASIC', 'Looks like a replay and is none.', 'A client is refused for what another one did.'),
  BadBody: note('MISSING_STEP', 'The body is no request of its path.', 'The engine is asked what it cannot answer.'),
  Disagreement: note('AUTH_BYPASS', 'Envelope and body say different things.', 'The proxy checks and charges one request, the engine answers another.'),
  Units: note('AUTH_BYPASS', 'The body asks for more than the units that the envelope names.', 'More is used than was reserved.'),
};

/** Whole requests to a node: what it opens, or which refusal it gives. */
export function request() {
  const file = new VectorFile('request', {
    algorithm: 'SEALED-REQUEST',
    header: [
      'A node with the key of nodeSecret, that serves models and takes the signatures of proxies, gets the request of a case:',
      'method, path, the headers Content-Type and X-Signature (null: not sent) and the body. Each case is a node that has',
      'seen nothing but the requests in before, which it takes in their order. bodyHex stands for a body that is no UTF-8;',
      'paddedTo means that spaces follow the body up to so many bytes. A valid request is opened to plaintext and passed to',
      'the engine; an invalid one is refused with error as its code, docs/PROTOCOL.md section 9, and no engine is asked.',
    ],
    notes: NOTES,
  });
  const scene = new NodeScene(file.random);
  const group = (source) => file.group('NodeRequestTest', source, scene.fields);
  good(group(GENERATED), scene);
  doorRefusals(group(page(9)), scene);
  envelopeRefusals(group(page(2)), scene);
  authRefusals(group(page(5)), scene);
  staleKeys(group(page(3)), scene);
  openingRefusals(group(page(3)), scene);
  replays(group(page(7)), scene);
  bodyRefusals(group(page(7)), scene);
  const known = new NodeScene(file.random, counting(0x21, 32));
  checkValue(file.group('NodeRequestTest', page(3), known.fields), known);
  return file;
}

