import { randomness } from './randomness.mjs';

/** Where a group's values come from when this program made them up. */
export const GENERATED = { name: 'sealcheck-vectors', version: '0.1.0' };

/** A section of the protocol's own page. */
export const page = (section, document = 'docs/PROTOCOL.md') => ({
  name: `${document} section ${section}`,
  version: '0.1.0',
});

/** One file while it is being filled: it counts the cases and refuses a flag that no note explains. */
export class VectorFile {
  #groups = [];
  #used = new Set();
  #comments = new Set();
  #count = 0;

  constructor(name, { algorithm, header, notes }) {
    this.name = name;
    this.algorithm = algorithm;
    this.header = header;
    this.notes = notes;
    this.seed = `sealcheck vectors 1, ${name}`;
    this.random = randomness(this.seed);
  }

  /** Opens a group; `fields` are what all its cases share. */
  group(type, source, fields = {}) {
    const tests = [];
    this.#groups.push({ type, source, ...fields, tests });
    const add = (comment, flags, values, verdict) => {
      flags.forEach((flag) => this.#use(flag));
      if (this.#comments.size === this.#comments.add(comment).size) {
        throw new Error(`${this.name}: two cases are called ${comment}`);
      }
      tests.push({ tcId: ++this.#count, comment, flags, ...values, ...verdict });
    };
    return {
      valid: (comment, flags, values) => add(comment, flags, values, { result: 'valid' }),
      invalid: (comment, flags, error, values) => add(comment, flags, values, { result: 'invalid', error }),
    };
  }

  #use(flag) {
    if (!Object.hasOwn(this.notes, flag)) {
      throw new Error(`${this.name}: no note explains ${flag}`);
    }
    this.#used.add(flag);
  }

  /** The text of the file. */
  toText() {
    const unused = Object.keys(this.notes).filter((flag) => !this.#used.has(flag));
    if (unused.length > 0) {
      throw new Error(`${this.name}: no case carries ${unused}`);
    }
    const content = {
      algorithm: this.algorithm,
      schema: `schemas/${this.name}.json`,
      seed: this.seed,
      numberOfTests: this.#count,
      header: this.header,
      notes: this.notes,
      testGroups: this.#groups.filter((group) => group.tests.length > 0),
    };
    return `${JSON.stringify(content, null, 2)}\n`;
  }
}

/** A note on a flag: the kind of bug that the cases find, what they hold, and what the bug costs. */
export const note = (bugType, description, effect) => ({ bugType, description, effect });

/** Ends the program where a published value does not come out. */
export function published(what, computed, value) {
  if (computed !== value) {
    throw new Error(`${what}: published ${value}, computed ${computed}`);
  }
  return value;
}
