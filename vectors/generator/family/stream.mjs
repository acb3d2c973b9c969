import { AnswerScene, USAGE, chunk } from '../core/answer-scene.mjs';
import { concat, flipped, utf8 } from '../core/bytes.mjs';
import { sealedFaults } from '../core/sealed-faults.mjs';
import { SEALED_NOTES } from '../core/sealed-notes.mjs';
import { GENERATED, VectorFile, note, page } from '../core/vector-file.mjs';

const NOTES = {
  Good: note('BASIC', 'A stream that every client must take.', 'A client refuses what a node may send.'),
  Framing: note('BASIC', 'Events written in another way that a real parser of event streams reads.', 'Events are lost, or joined with others.'),
  NoSeal: note('BASIC', 'Events without the `seal` of docs/PROTOCOL.md section 6, as deployed nodes send them. What a proxy drops or reorders then goes unnoticed; that is why `seal` exists.', 'A client that asks for `seal` talks to no deployed node.'),
  NotAnEvent: note('MISSING_STEP', 'An event that is no sealed event, among them the [DONE] that other APIs end with.', 'What anybody can write passes for the end of the answer.'),
  Reordered: note('AUTH_BYPASS', 'Events are missing, repeated or in another order.', 'The proxy edits the answer by leaving parts out.'),
  Incomplete: note('AUTH_BYPASS', 'The stream ends before its end, or what it needs for one never came: docs/PROTOCOL.md section 6.', 'Half an answer passes for a whole one.'),
  AfterTheEnd: note('AUTH_BYPASS', 'An event follows the final one.', 'Something is added to the answer.'),
  ...SEALED_NOTES,
};

/** Whole streams: what a careful client may show before it notices a failure, and what failure that is. */
export function stream() {
  const file = new VectorFile('stream', {
    algorithm: 'SEALED-STREAM',
    header: [
      'The client of the answer file asked for a stream. stream is the body of the 200 as it came, streamHex where that is no',
      'UTF-8; feed it in one piece, and byte by byte. end says whether the body ended cleanly or was aborted. released has the',
      'plaintexts of the events that passed every check, in order: so much may be shown, and nothing more, also where the',
      'stream is invalid. A client gives up at the first failure, which error names; INCOMPLETE is found at the end.',
    ],
    notes: NOTES,
  });
  const scene = new AnswerScene(file.random);
  const script = new Script(scene);
  good(file.group('StreamTest', GENERATED, scene.fields), script);
  framing(file.group('StreamTest', GENERATED, scene.fields), script);
  badEvents(file.group('StreamTest', page(1), scene.fields), script);
  badOrder(file.group('StreamTest', page(6), scene.fields), script);
  badEnds(file.group('StreamTest', page(6), scene.fields), script);
  return file;
}

/** Makes the events of one stream: three pieces of text, a finish reason and the usage. */
class Script {
  constructor(scene) {
    this.scene = scene;
  }

  /** The plaintexts, with a seal in each unless told otherwise. */
  texts({ sealed = true, edit = (chunks) => chunks } = {}) {
    const pieces = ['A ', 'marine ', 'mammal.'].map((content) => chunk([{ index: 0, delta: { content }, finish_reason: null }]));
    const all = edit([...pieces, chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), chunk([], { usage: USAGE })]);
    return all.map((one, i) => JSON.stringify(sealed ? { ...one, seal: one.seal ?? this.scene.mark(i, i === all.length - 1) } : one));
  }

  /** Plaintexts as sealed events; the last one has the usage outside. */
  events(label, texts) {
    return texts.map((text, i) => this.event(`${label} ${i}`, text));
  }

  event(label, text, options = {}) {
    const usage = 'usage' in options ? options.usage : JSON.parse(text).usage;
    return this.scene.seal(label, text, { ...options, usage });
  }
}

const line = (json) => `data: ${typeof json === 'string' ? json : json.toText()}\n\n`;

const body = (events) => events.map(line).join('');

const asRaw = (raw) => {
  if (typeof raw === 'string') {
    return { stream: raw };
  }
  return { streamHex: Buffer.from(raw).toString('hex') };
};

const good = (group, script) => {
  const ok = (comment, flag, texts, events = script.events(comment, texts)) => group.valid(comment, [flag], { ...asRaw(body(events)), end: 'clean', released: texts });
  ok('three pieces, a finish reason and the usage', 'Good', script.texts());
  ok('one piece', 'Good', script.texts({ edit: (c) => c.slice(2) }));
  ok('the finish reason with the last piece', 'Good', script.texts({ edit: ([a, b, c, , u]) => [a, b, { ...c, choices: [{ ...c.choices[0], finish_reason: 'length' }] }, u] }));
  ok('two choices', 'Good', script.texts({ edit: ([a, b, c, f, u]) => [a, { ...b, choices: [{ ...b.choices[0], index: 1 }] }, c, f, { ...f, choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] }, u] }));
  ok('a streamed text completion', 'Good', script.texts({ edit: (c) => c.map((one) => ({ ...one, object: 'text_completion', choices: one.choices.map(({ index, delta, finish_reason }) => ({ index, text: delta.content ?? '', finish_reason, logprobs: null })) })) }));
  ok('text beyond 16 bits', 'Good', script.texts({ edit: ([a, ...rest]) => [{ ...a, choices: [{ index: 0, delta: { content: 'seal: \u{1f9ad}' }, finish_reason: null }] }, ...rest] }));
  ok('usage null in the pieces', 'Good', script.texts({ edit: (c) => c.map((one) => (one.usage ? one : { ...one, usage: null })) }));
  ok('no seal in any event', 'NoSeal', script.texts({ sealed: false }));
  const plain = script.texts({ sealed: false });
  ok('no seal, and the second piece is missing', 'NoSeal', [plain[0], plain[2], plain[3], plain[4]]);
  ok('no seal, and two pieces are exchanged', 'NoSeal', [plain[1], plain[0], plain[2], plain[3], plain[4]]);
};

function framing(group, script) {
  const texts = script.texts();
  const ok = (comment, write) => group.valid(comment, ['Framing'], { ...asRaw(write(script.events(comment, texts))), end: 'clean', released: texts });
  ok('lines that end with CR LF', (events) => body(events).replaceAll('\n', '\r\n'));
  ok('lines that end with CR', (events) => body(events).replaceAll('\n', '\r'));
  ok('comments between the events', (events) => `: keep-alive\n\n${events.map(line).join(': keep-alive\n\n')}: keep-alive\n\n`);
  ok('comments without a blank line', (events) => events.map((e) => `: keep-alive\n${line(e)}`).join(''));
  ok('empty comments', (events) => events.map((e) => `:\n\n${line(e)}`).join(''));
  ok('a comment that looks like an event', (events) => `: data: {}\n\n${body(events)}`);
  ok('no space behind the colon', (events) => body(events).replaceAll('data: ', 'data:'));
  ok('blank lines more than needed', (events) => `\n\n${events.map(line).join('\n\n')}\n`);
  ok('an event on two data lines, cut where JSON may have a line feed', (events) => body(events).replaceAll(',"nonce"', ',\ndata: "nonce"'));
  ok('a comment behind the last event', (events) => `${body(events)}: bye\n`);
}

/** The third event is wrong: two may be shown. */
function badEvents(group, script) {
  const texts = script.texts();
  const no = (comment, flag, error, make) => {
    const events = script.events(comment, texts);
    const raw = [...events.slice(0, 2), make(`${comment}, wrong`), ...events.slice(3)];
    group.invalid(comment, [flag], error, { ...asRaw(body(raw)), end: 'clean', released: texts.slice(0, 2) });
  };
  for (const [comment, flag, error, make] of sealedFaults(script.scene)) {
    no(comment, flag, error, (label) => make(label, texts[2], undefined));
  }
  no('an object around the third event', 'Malformed', 'MALFORMED', (label) => `{"data":${script.event(label, texts[2]).toText()}}`);
  no('an error object in the place of the third event', 'NotAnEvent', 'MALFORMED', () => '{"error":{"code":"INTERNAL_ERROR","message":"no"}}');
  no('[DONE] in the place of the third event', 'NotAnEvent', 'MALFORMED', () => '[DONE]');
  no('the third event in clear', 'NotAnEvent', 'MALFORMED', () => texts[2]);
  no('the third event under the nonce of the first', 'ReusedNonce', 'NONCE_REUSED', () => script.event('x', texts[2], { nonce: script.scene.random('the third event under the nonce of the first 0, nonce', 12) }));
  no('usage outside the third event and none inside', 'UsageMismatch', 'USAGE_MISMATCH', (label) => script.event(label, texts[2], { usage: USAGE }));
  const marked = (comment, seal) => no(comment, 'SealMark', 'SEAL_MISMATCH', (label) => script.event(label, JSON.stringify({ ...JSON.parse(texts[2]), seal })));
  const mark = script.scene.mark(2, false);
  marked('no seal in the third event', undefined);
  marked('seal null in the third event', null);
  marked('seal with number 3 in the third event', { ...mark, seq: 3 });
  marked('seal with number 1 in the third event', { ...mark, seq: 1 });
  marked('seal with number 2.0 as text in the third event', { ...mark, seq: '2.0' });
  marked('seal of another request in the third event', { ...mark, request_hash: Buffer.from(flipped(script.scene.requestHash, 7)).toString('base64') });
  marked('seal without final in the third event', { seq: 2, request_hash: mark.request_hash });
  no('inside the third event: no JSON', 'NotStrictInside', 'MALFORMED_PLAINTEXT', (label) => script.scene.seal(label, 'marine'));
  no('inside the third event: a field two times', 'NotStrictInside', 'MALFORMED_PLAINTEXT', (label) => script.scene.seal(label, `${texts[2].slice(0, -1)},"model":"m/other"}`));
  const comment = 'a byte that is no UTF-8 in the third event';
  const [a, b, c, d, e] = script.events(comment, texts);
  const [before, after] = line(c.with('extra', '|')).split('|');
  group.invalid(comment, ['Malformed'], 'MALFORMED', { ...asRaw(concat(utf8(body([a, b]) + before), [0xff], utf8(after + body([d, e])))), end: 'clean', released: texts.slice(0, 2) });
}

function badOrder(group, script) {
  const texts = script.texts();
  const no = (comment, flag, error, order, shown) => {
    const events = script.events(comment, texts);
    group.invalid(comment, [flag], error, { ...asRaw(body(order(events))), end: 'clean', released: texts.slice(0, shown) });
  };
  no('the first event missing', 'Reordered', 'SEAL_MISMATCH', (e) => e.slice(1), 0);
  no('the second event missing', 'Reordered', 'SEAL_MISMATCH', ([a, , ...rest]) => [a, ...rest], 1);
  no('the finish reason missing', 'Reordered', 'SEAL_MISMATCH', ([a, b, c, , u]) => [a, b, c, u], 3);
  no('two events exchanged', 'Reordered', 'SEAL_MISMATCH', ([a, b, c, ...rest]) => [a, c, b, ...rest], 1);
  no('the second event two times', 'Reordered', 'NONCE_REUSED', ([a, b, ...rest]) => [a, b, b, ...rest], 2);
  no('the first event again at the end', 'Reordered', 'AFTER_FINAL', (e) => [...e, e[0]], 5);
  no('the last event two times', 'AfterTheEnd', 'AFTER_FINAL', (e) => [...e, e[4]], 5);
  no('[DONE] behind the final event', 'AfterTheEnd', 'AFTER_FINAL', (e) => [...e, '[DONE]'], 5);
  no('an event in clear behind the final one', 'AfterTheEnd', 'AFTER_FINAL', (e) => [...e, texts[0]], 5);
  const early = script.texts({ edit: ([a, b, ...rest]) => [a, { ...b, seal: script.scene.mark(1, true) }, ...rest] });
  group.invalid('the second event says it is final', ['AfterTheEnd'], 'AFTER_FINAL', { ...asRaw(body(script.events('early', early))), end: 'clean', released: early.slice(0, 2) });
  const plain = script.texts({ sealed: false });
  group.invalid('[DONE] at the end of a stream without seal', ['NotAnEvent'], 'MALFORMED', { ...asRaw(body([...script.events('done', plain), '[DONE]'])), end: 'clean', released: plain });
  const late = [plain[0], texts[1], plain[2], plain[3], plain[4]];
  group.invalid('a seal in the second event and none in the first', ['SealMark'], 'SEAL_MISMATCH', { ...asRaw(body(script.events('late', late))), end: 'clean', released: late.slice(0, 1) });
  const usage = (comment, outside, inside = USAGE) => {
    const all = script.texts({ edit: ([a, b, c, f]) => [a, b, c, f, chunk([], inside === undefined ? {} : { usage: inside })] });
    const events = [...script.events(comment, all.slice(0, 4)), script.event(`${comment}, last`, all[4], { usage: outside })];
    group.invalid(comment, ['UsageMismatch'], 'USAGE_MISMATCH', { ...asRaw(body(events)), end: 'clean', released: all.slice(0, 4) });
  };
  usage('no usage outside the last event', undefined);
  usage('usage null outside the last event', null);
  usage('total_tokens one more outside the last event', { ...USAGE, total_tokens: 13 });
  usage('no usage inside the last event', USAGE, null);
}

function badEnds(group, script) {
  const texts = script.texts();
  const no = (comment, raw, shown, end = 'clean', released = texts) => group.invalid(comment, ['Incomplete'], 'INCOMPLETE', { ...asRaw(raw), end, released: released.slice(0, shown) });
  const events = (label) => script.events(label, texts);
  no('nothing', '', 0);
  no('nothing, aborted', '', 0, 'aborted');
  no('comments alone', ': keep-alive\n\n: keep-alive\n\n', 0);
  for (let shown = 1; shown <= 4; shown++) {
    no(`a clean end after event ${shown} of 5`, body(events(`cut ${shown}`).slice(0, shown)), shown);
    no(`aborted after event ${shown} of 5`, body(events(`aborted ${shown}`).slice(0, shown)), shown, 'aborted');
  }
  no('aborted after the last event', body(events('aborted 5')), 5, 'aborted');
  no('the blank line behind the last event missing', body(events('no blank line')).slice(0, -1), 4);
  no('the last event cut in its middle', body(events('half')).slice(0, -200), 4);
  no('the last event cut in its middle, aborted', body(events('half, aborted')).slice(0, -200), 4, 'aborted');
  const other = (comment, options) => {
    const all = script.texts(options);
    no(comment, body(script.events(comment, all)), all.length, 'clean', all);
  };
  const withoutFinish = ([a, b, c, , u]) => [a, b, c, u];
  other('no finish reason', { edit: withoutFinish });
  other('no finish reason, and no seal', { edit: withoutFinish, sealed: false });
  other('no usage chunk', { edit: (c) => c.slice(0, 4) });
  other('no usage chunk, and no seal', { edit: (c) => c.slice(0, 4), sealed: false });
  other('usage in the finishing chunk and no chunk of its own', { edit: ([a, b, c, f]) => [a, b, c, { ...f, usage: USAGE }], sealed: false });
  other('the last event does not say it is final', { edit: ([a, b, c, f, u]) => [a, b, c, f, { ...u, seal: script.scene.mark(4, false) }] });
  other('a last chunk with no choices and no usage', { edit: ([a, b, c, f]) => [a, b, c, f, chunk([])] });
}
