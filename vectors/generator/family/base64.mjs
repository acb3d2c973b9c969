import { base64, counting, filled, hex, utf8 } from '../core/bytes.mjs';
import { GENERATED, VectorFile, note, page } from '../core/vector-file.mjs';

const NOTES = {
  Published: note('BASIC', 'The values stand in RFC 4648.', 'An implementation that fails is not base64.'),
  Pseudorandom: note('BASIC', 'Bytes of many lengths, with every amount of padding.', 'Some values are refused, most are not.'),
  Alphabet: note('BASIC', 'All 64 characters.', 'A value with the missing character is refused.'),
  Padding: note('MALLEABILITY', 'Padding is missing, too long or at the wrong place.', 'One value has several texts: what one hop compares or counts is not what the next one reads.'),
  SpareBits: note('MALLEABILITY', 'Bits of the last character that carry nothing are not zero, RFC 4648 section 3.5.', 'One value has several texts, so that a text that was seen before passes for a new one.'),
  UrlAlphabet: note('MALLEABILITY', 'Characters of the alphabet for URLs, RFC 4648 section 5.', 'One value has several texts.'),
  Whitespace: note('MALLEABILITY', 'Whitespace inside or around, as MIME has it.', 'One value has several texts; a header ends at a line feed.'),
  ForeignCharacter: note('MALLEABILITY', 'A character of no alphabet, which some decoders skip.', 'One value has several texts.'),
  WrongSize: note('MODIFIED_PARAMETER', 'Canonical, but the field has another size.', 'A value is cut or padded to one that the sender never chose.'),
};

/** Base64 as the wire has it: one text for one value. */
export function base64Strictness() {
  const file = new VectorFile('base64', {
    algorithm: 'BASE64',
    header: [
      'Canonical base64, RFC 4648 section 4: docs/PROTOCOL.md section 2. Base64SizeTest asks for an exact number of bytes.',
      'A text that is refused stands beside the bytes that a lenient decoder takes it for.',
    ],
    notes: NOTES,
  });
  rfc4648(file.group('Base64Test', { name: 'RFC 4648 section 10', version: '2006' }));
  good(file.group('Base64Test', GENERATED), file.random);
  bad(file.group('Base64Test', page(2)));
  sizes(file.group('Base64SizeTest', page(2)), file.random);
  return file;
}

function rfc4648(group) {
  for (const [text, encoded] of [['', ''], ['f', 'Zg=='], ['fo', 'Zm8='], ['foo', 'Zm9v'], ['foob', 'Zm9vYg=='], ['fooba', 'Zm9vYmE='], ['foobar', 'Zm9vYmFy']]) {
    group.valid(`"${text}"`, ['Published'], { text: encoded, bytes: hex(utf8(text)) });
  }
}

function good(group, random) {
  for (const size of [1, 2, 3, 11, 12, 13, 15, 16, 17, 31, 32, 33, 64, 97, 98, 100]) {
    const bytes = random(`bytes ${size}`, size);
    group.valid(`${size} bytes`, ['Pseudorandom'], { text: base64(bytes), bytes: hex(bytes) });
  }
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  group.valid('the alphabet in its order', ['Alphabet'], { text: alphabet, bytes: hex(Buffer.from(alphabet, 'base64')) });
  for (const [name, bytes] of [['0x00', filled(0, 12)], ['0xff', filled(0xff, 12)], ['0xfb, all plus signs', filled(0xfb, 3)]]) {
    group.valid(`bytes ${name}`, ['Alphabet'], { text: base64(bytes), bytes: hex(bytes) });
  }
}

function bad(group) {
  const twelve = hex(counting(0xa0, 12));
  const sixteen = hex(counting(0x10, 16));
  const slashes = hex(filled(0xff, 12));
  const refuse = (flag, bytes, cases) => {
    for (const [comment, text] of cases) {
      group.invalid(comment, [flag], 'NOT_CANONICAL', { text, bytes });
    }
  };
  refuse('Padding', sixteen, [
    ['no padding', 'EBESExQVFhcYGRobHB0eHw'],
    ['half of the padding', 'EBESExQVFhcYGRobHB0eHw='],
    ['too much padding', 'EBESExQVFhcYGRobHB0eHw==='],
    ['padding of four characters more', 'EBESExQVFhcYGRobHB0eHw======'],
    ['padding that another text follows', 'EBESExQVFhcYGRobHB0eHw==oKGi'],
    ['padding at the start', '==EBESExQVFhcYGRobHB0eHw'],
    ['padding in the middle', 'EBESExQVFhc=YGRobHB0eHw='],
  ]);
  refuse('Padding', twelve, [
    ['padding where none is due', 'oKGio6Slpqeoqaqr=='],
    ['one padding character where none is due', 'oKGio6Slpqeoqaqr='],
    ['four padding characters where none is due', 'oKGio6Slpqeoqaqr===='],
  ]);
  refuse('Padding', '', [
    ['nothing but padding', '===='],
    ['one padding character alone', '='],
    ['one character alone', 'A'],
    ['one character and padding', 'A==='],
  ]);
  refuse('Padding', '6f', [['two characters without padding', 'bw']]);
  refuse('SpareBits', sixteen, [
    ['the lowest of four spare bits', 'EBESExQVFhcYGRobHB0eHx=='],
    ['the highest of four spare bits', 'EBESExQVFhcYGRobHB0eH4=='],
    ['all of four spare bits', 'EBESExQVFhcYGRobHB0eH/=='],
  ]);
  refuse('SpareBits', '6f6f', [
    ['the lower of two spare bits', 'b29='],
    ['the higher of two spare bits', 'b2+='],
    ['both spare bits', 'b2/='],
  ]);
  refuse('UrlAlphabet', slashes, [
    ['underscores for slashes', '________________'],
    ['an underscore among slashes', '//////////////_/'],
  ]);
  refuse('UrlAlphabet', 'fbefbe', [['minus signs for plus signs', '----']]);
  refuse('UrlAlphabet', 'fbffbf', [['both characters', '-_-_']]);
  refuse('Whitespace', twelve, [
    ['a space in front', ' oKGio6Slpqeoqaqr'],
    ['a space behind', 'oKGio6Slpqeoqaqr '],
    ['a space inside', 'oKGio6Sl pqeoqaqr'],
    ['a tab inside', 'oKGio6Sl\tpqeoqaqr'],
    ['a line feed behind', 'oKGio6Slpqeoqaqr\n'],
    ['a line feed inside', 'oKGio6Sl\npqeoqaqr'],
    ['a carriage return and line feed inside', 'oKGio6Sl\r\npqeoqaqr'],
    ['four spaces behind', 'oKGio6Slpqeoqaqr    '],
  ]);
  refuse('Whitespace', sixteen, [['a space before the padding', 'EBESExQVFhcYGRobHB0eHw ==']]);
  refuse('ForeignCharacter', twelve, [
    ['a zero byte behind', 'oKGio6Slpqeoqaqr\0'],
    ['a zero byte inside', 'oKGio6Sl\0pqeoqaqr'],
    ['a byte order mark in front', '\ufeffoKGio6Slpqeoqaqr'],
    ['a minus sign inside', 'oKGio6Sl-pqeoqaqr'],
    ['a full stop behind', 'oKGio6Slpqeoqaqr.'],
    ['an exclamation mark inside', 'oKGi!o6Slpqeoqaqr'],
    ['an accented letter inside', 'oKGi\u00e9o6Slpqeoqaqr'],
    ['a wide letter that looks like one of the alphabet', 'oKGio6Slpqeoqaq\uff52'],
    ['a percent escape', 'oKGio6Slpqeoqaq%72'],
    ['quotation marks around', '"oKGio6Slpqeoqaqr"'],
    ['a data URL', 'data:;base64,oKGio6Slpqeoqaqr'],
  ]);
}

function sizes(group, random) {
  for (const [field, size] of [['nonce', 12], ['salt', 16], ['public key', 32], ['hash', 32]]) {
    const bytes = random(`${field} of its size`, size);
    group.valid(`a ${field} of ${size} bytes`, ['Pseudorandom'], { text: base64(bytes), bytes: hex(bytes), size });
    for (const other of [0, size - 1, size + 1, 2 * size]) {
      const wrong = random(`${field} of ${other}`, other);
      group.invalid(`a ${field} of ${other} bytes`, ['WrongSize'], 'WRONG_SIZE', { text: base64(wrong), bytes: hex(wrong), size });
    }
  }
}
