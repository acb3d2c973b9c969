import { sha256 } from '@noble/hashes/sha2.js';
import { bigEndian, concat, utf8 } from './bytes.mjs';

/**
 * Bytes that look random and are the same in every run: SHA-256( seed 0x00 label 0x00 counter ), block after block,
 * the counter as four bytes, the highest first. A label of its own for each value keeps all others as they are when a
 * case is added.
 */
export function randomness(seed) {
  return (label, length) => {
    const blocks = [];
    for (let counter = 0; counter * 32 < length; counter++) {
      blocks.push(sha256(concat(utf8(seed), [0], utf8(label), [0], bigEndian(counter, 4))));
    }
    return concat(...blocks).slice(0, length);
  };
}
