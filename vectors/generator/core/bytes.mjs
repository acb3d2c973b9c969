// Bytes in and out of the texts that stand in the files.

export const utf8 = (text) => new TextEncoder().encode(text);

export const hex = (bytes) => Buffer.from(bytes).toString('hex');

export const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/** The bytes of a hex text; throws where Buffer would stop at the first wrong digit. */
export function unhex(text) {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) {
    throw new Error(`not hex: ${text}`);
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

export const filled = (value, length) => new Uint8Array(length).fill(value);

export const counting = (first, length) => Uint8Array.from({ length }, (_, i) => (first + i) & 0xff);

/** A copy with one bit changed, the lowest bit of a byte first. */
export function flipped(bytes, bit) {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] ^= 1 << (bit & 7);
  return copy;
}

export const equal = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

/** A number as so many bytes, the lowest first. */
export function littleEndian(number, length) {
  let rest = BigInt(number);
  return Uint8Array.from({ length }, () => {
    const byte = Number(rest & 0xffn);
    rest >>= 8n;
    return byte;
  });
}

/** A number as so many bytes, the highest first. */
export const bigEndian = (number, length) => littleEndian(number, length).reverse();

export const toNumber = (bytes) => BigInt(`0x${hex(bytes) || '0'}`);
