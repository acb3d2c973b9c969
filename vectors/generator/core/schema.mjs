// Closed JSON Schemas: a field that is not named here is refused.

const BUG_TYPES = ['AUTH_BYPASS', 'BASIC', 'CAN_OF_WORMS', 'CONFIDENTIALITY', 'EDGE_CASE', 'MALLEABILITY', 'MISSING_STEP', 'MODIFIED_PARAMETER', 'SIGNATURE_MALLEABILITY'];
const FLAG = '^[A-Z][A-Za-z0-9]*$';

export const text = (description) => ({ type: 'string', ...(description ? { description } : {}) });

export const only = (...values) => ({ enum: values });

export const matching = (pattern, description) => ({ type: 'string', pattern, ...(description ? { description } : {}) });

/** Lower-case hex, of an exact number of bytes or of any. */
export const hex = (bytes, description) => matching(bytes === undefined ? '^([0-9a-f]{2})*$' : `^[0-9a-f]{${2 * bytes}}$`, description);

export const base64 = (description) => matching('^[A-Za-z0-9+/]*={0,2}$', description);

export const integer = (minimum, description) => ({ type: 'integer', minimum, ...(description ? { description } : {}) });

export const listOf = (items, description) => ({ type: 'array', items, ...(description ? { description } : {}) });

export const orNull = (schema) => ({ ...schema, type: [schema.type, 'null'] });

/** A field that may be missing. */
export const optional = (schema) => ({ ...schema, optional: true });

export function object(fields, more = {}) {
  const properties = Object.fromEntries(Object.entries(fields).map(([name, { optional: may, ...schema }]) => [name, schema]));
  const required = Object.keys(fields).filter((name) => !fields[name].optional);
  return { type: 'object', additionalProperties: false, required, properties, ...more };
}

/** Exactly one of two fields is there. */
export const oneOf = (...names) => ({ oneOf: names.map((name) => ({ required: [name] })) });

/** The schema of one file: its errors, and for each type of group what groups and cases hold. */
export function schemaOf(name, { title, errors, groups }) {
  const kinds = Object.entries(groups);
  const content = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...object({
      algorithm: matching('^[A-Z0-9-]+$|^BLAKE2b$'),
      schema: { const: `schemas/${name}.json` },
      seed: { const: `sealcheck vectors 1, ${name}`, description: 'where the bytes that look random begin' },
      numberOfTests: integer(1, 'the cases of all groups together'),
      header: listOf(text(), 'what a runner does with a case'),
      notes: {
        type: 'object',
        description: 'each flag of the cases: what bug it finds and what the bug costs',
        propertyNames: { pattern: FLAG },
        additionalProperties: object({ bugType: { enum: BUG_TYPES }, description: { type: 'string', minLength: 1 }, effect: { type: 'string', minLength: 1 } }),
      },
      testGroups: { type: 'array', minItems: 1, items: { oneOf: kinds.map(([type]) => ({ $ref: `#/$defs/${type}` })) } },
    }),
    $defs: Object.fromEntries(kinds.map(([type, kind]) => [type, group(type, kind, errors)])),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function group(type, { group: shared = {}, test, valid = {}, rules = {} }, errors) {
  const fields = {
    tcId: integer(1, 'unique in the file; moves when cases are added before it'),
    comment: { type: 'string', minLength: 1, description: 'what is special about the case; unique in the file, and its lasting name' },
    flags: { type: 'array', minItems: 1, items: { type: 'string', pattern: FLAG }, uniqueItems: true },
    ...test,
    ...Object.fromEntries(Object.entries(valid).map(([name, schema]) => [name, optional(schema)])),
    result: only('valid', 'invalid'),
    error: optional({ ...only(...errors), description: 'the exact class of an invalid case' }),
  };
  const onlyValid = Object.keys(valid);
  const verdict = {
    if: { properties: { result: { const: 'valid' } } },
    then: { required: onlyValid, properties: { error: false } },
    else: { required: ['error'], properties: Object.fromEntries(onlyValid.map((name) => [name, false])) },
  };
  return object({
    type: { const: type },
    source: object({ name: { type: 'string', minLength: 1 }, version: { type: 'string', minLength: 1 } }),
    ...shared,
    tests: { type: 'array', minItems: 1, items: object(fields, { ...rules, ...verdict }) },
  });
}
