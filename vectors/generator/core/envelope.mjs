import { base64, utf8 } from './bytes.mjs';

/** The text of one JSON object, field by field as it is to be written; copied on every change. */
export class JsonText {
  constructor(fields = []) {
    this.fields = fields;
  }

  /** Of an object of JavaScript, in its order. */
  static of(object) {
    return new JsonText(Object.entries(object).map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)]));
  }

  /** With a field set to a value, at its old place or at the end. */
  with(name, value) {
    return this.raw(name, JSON.stringify(value));
  }

  /** With a field set to the base64 of bytes. */
  bytes(name, bytes) {
    return this.with(name, base64(bytes));
  }

  /** With a field set to what is written here, JSON or not. */
  raw(name, text) {
    const key = JSON.stringify(name);
    const known = this.fields.some(([other]) => other === key);
    return new JsonText(known ? this.fields.map(([k, v]) => [k, k === key ? text : v]) : [...this.fields, [key, text]]);
  }

  without(name) {
    return new JsonText(this.fields.filter(([key]) => key !== JSON.stringify(name)));
  }

  /** With one more field at the end, whatever stands before. */
  also(key, text) {
    return new JsonText([...this.fields, [key, text]]);
  }

  reversed() {
    return new JsonText([...this.fields].reverse());
  }

  toText(open = '{', comma = ',', colon = ':', close = '}') {
    return open + this.fields.map(([key, value]) => key + colon + value).join(comma) + close;
  }
}

/** How raw bytes stand in a file: as text where they are one, else in hex. */
export function bodyOf(bytes) {
  const data = typeof bytes === 'string' ? utf8(bytes) : bytes;
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data) };
  } catch {
    return { bodyHex: Buffer.from(data).toString('hex') };
  }
}
