// Writes every file of vectors/ that comes from here; with --check it compares and changes nothing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaOf } from './core/schema.mjs';
import { SHAPES } from './core/shapes.mjs';
import { answer } from './family/answer.mjs';
import { base64Strictness } from './family/base64.mjs';
import { hash } from './family/hash.mjs';
import { hkdf } from './family/hkdf.mjs';
import { keyBinding } from './family/key-binding.mjs';
import { sealing } from './family/seal.mjs';
import { request } from './family/request.mjs';
import { signature } from './family/signature.mjs';
import { stream } from './family/stream.mjs';
import { x25519 } from './family/x25519.mjs';

const FAMILIES = [x25519, hkdf, sealing, hash, signature, keyBinding, base64Strictness, request, answer, stream];
const FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));
const DIGESTS = 'SHA256SUMS';

const files = new Map(FAMILIES.map((family) => family()).map((file) => [`${file.name}.json`, file.toText()]));
for (const [name, shape] of Object.entries(SHAPES)) {
  files.set(`schemas/${name}.json`, schemaOf(name, shape));
}
files.set(DIGESTS, digests(files));

function digests(texts) {
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`)
    .join('');
}

function differs([name, text]) {
  const path = join(FOLDER, name);
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
}

if (process.argv[2] === '--check') {
  const old = [...files].filter(differs).map(([name]) => name);
  for (const name of old) {
    console.error(`vectors/${name} is not what the generator makes; mend it with: node vectors/generator/generate.mjs`);
  }
  if (old.length > 0) {
    process.exit(1);
  }
  console.log(`${files.size} files regenerate without a difference`);
} else {
  mkdirSync(join(FOLDER, 'schemas'), { recursive: true });
  for (const [name, text] of files) {
    writeFileSync(join(FOLDER, name), text);
    console.log(`written: vectors/${name}`);
  }
}
