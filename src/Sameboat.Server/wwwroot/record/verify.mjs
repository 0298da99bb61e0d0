// Checks a signed log from its files alone, in a browser or in Node 20 and later. Shares nothing with the program that
// wrote the log: formats by C2SP (signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof), the tree by
// RFC 6962, signatures by RFC 8032; hashing and signatures by the platform's WebCrypto.
//
//   node verify.mjs [--key VKEY] [--earlier CHECKPOINT-FILE] [--json] LOG-FOLDER-OR-ADDRESS...
//   node verify.mjs --key VKEY --entry ENTRY-FILE --proof FILE.tlog-proof
//
// Exit code 0: sound; 1: not sound, with the first thing wrong; 2: wrong usage.

const FULL = 256;
const HASH_LENGTH = 32;
const NOTE_LENGTH_MAX = 65536;
const SIGNATURES_MAX = 64;
const EXTENSIONS_MAX = 16;
const SIZE_MAX = 100_000_000;
const PROOF_LENGTH_MAX = 64;
const NAME_LENGTH_MAX = 255;
const FETCH_MILLISECONDS_MAX = 30_000;
const FILE_LENGTH_MAX = FULL * (2 + 65_535);
const LOG_KEY = 1;
const WITNESS_KEY = 4;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loose = new TextDecoder();

/** What is wrong with a log: a code, the file below the log's prefix, the entry's index or null, what was found. */
export class LogFault extends Error {
  constructor(code, file, entry, found) {
    super(`${code} in ${file}${entry === null ? '' : `, entry ${entry}`}: ${found}`);
    Object.assign(this, { code, file, entry, found });
  }
}

// ---- bytes and hashes

function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const equal = (left, right) => left.length === right.length && left.every((byte, at) => byte === right[at]);

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** Bytes of padded base64 in its one spelling, or null. */
function fromBase64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) || text === '') {
    return null;
  }
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return base64(bytes) === text ? bytes : null;
}

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
export const leafHash = (entry) => sha256(concat(Uint8Array.of(0), entry));
const nodeHash = (left, right) => sha256(concat(Uint8Array.of(1), left, right));

/** The root of a complete subtree; the number of hashes is a power of two. */
async function fold(hashes) {
  let row = hashes;
  while (row.length > 1) {
    const above = [];
    for (let at = 0; at < row.length; at += 2) {
      above.push(nodeHash(row[at], row[at + 1]));
    }
    row = await Promise.all(above);
  }
  return row[0];
}

/** A tree that keeps the hashes that tiles hold: rows[l][i] is the subtree of 256^l leaves, i-th from the left. */
class Tree {
  rows = [[]];

  get size() {
    return this.rows[0].length;
  }

  async append(hash, level = 0) {
    if (this.rows.length === level) {
      this.rows.push([]);
    }
    const row = this.rows[level];
    row.push(hash);
    if (row.length % FULL === 0) {
      await this.append(await fold(row.slice(-FULL)), level + 1);
    }
  }

  async root(size = this.size) {
    // The complete subtrees of the right edge, the smallest first.
    let root = null;
    let count = size;
    for (let level = 0; count > 0; level++) {
      const above = Math.floor(count / FULL);
      let end = count;
      for (let width = 1; end > above * FULL; width *= 2) {
        if (Math.floor((end - above * FULL) / width) % 2 === 1) {
          const part = await fold(this.rows[level].slice(end - width, end));
          root = root === null ? part : await nodeHash(part, root);
          end -= width;
        }
      }
      count = above;
    }
    return root ?? sha256(new Uint8Array(0));
  }
}

/** True when the path ties the leaf at the index to the root of the tree of the size (RFC 9162, 2.1.3.2). */
export async function verifyInclusion(index, size, leaf, path, root) {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size
      || [leaf, root, ...path].some((hash) => hash.length !== HASH_LENGTH)) {
    return false;
  }
  let here = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) {
      return false;
    }
    if (here % 2 === 1 || here === last) {
      hash = await nodeHash(sibling, hash);
      while (here % 2 === 0 && here !== 0) {
        here /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    here = Math.floor(here / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(hash, root);
}

// ---- keys, notes, checkpoints

const isName = (name) =>
  name.length > 0 && name.length <= NAME_LENGTH_MAX && !/[\s+\p{Cc}\p{Cs}\u0085\ufffd]/u.test(name);

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Reads name+hex(key id)+base64(kind || public key); throws when it is anything else. */
export async function parseKey(text) {
  const [name, id, ...rest] = text.split('+');
  const blob = fromBase64(rest.join('+'));
  if (!isName(name) || blob?.length !== 1 + HASH_LENGTH || (blob[0] !== LOG_KEY && blob[0] !== WITNESS_KEY)) {
    throw new TypeError(`not a verifier key: ${text}`);
  }
  const keyId = (await sha256(concat(utf8.encode(`${name}\n`), blob))).slice(0, 4);
  if (hex(keyId) !== id) {
    throw new TypeError(`the key id does not fit the name and key: ${text}`);
  }
  const key = await crypto.subtle.importKey('raw', blob.slice(1), { name: 'Ed25519' }, false, ['verify']);
  return { name, keyId, kind: blob[0], key };
}

async function signatureHolds(key, text, signature) {
  if (key.kind === LOG_KEY) {
    return signature.length === 64 && crypto.subtle.verify({ name: 'Ed25519' }, key.key, signature, utf8.encode(text));
  }
  if (signature.length !== 72) {
    return false;
  }
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = utf8.encode(`cosignature/v1\ntime ${seconds}\n${text}`);
  return seconds < 2n ** 63n && crypto.subtle.verify({ name: 'Ed25519' }, key.key, signature.slice(8), message);
}

/** Text and signature lines of a note, or null when the form is another. */
export function parseNote(bytes) {
  let whole;
  try {
    whole = bytes.length <= NOTE_LENGTH_MAX ? strictUtf8.decode(bytes) : '';
  } catch {
    return null;
  }
  const gap = whole.lastIndexOf('\n\n');
  if (/[\0-\x09\x0b-\x1f]/.test(whole) || gap < 0 || gap + 2 === whole.length || !whole.endsWith('\n')) {
    return null;
  }
  const signatures = [];
  for (const line of whole.slice(gap + 2, -1).split('\n')) {
    const [dash, name, blob, ...more] = line.split(' ');
    const decoded = fromBase64(blob ?? '');
    if (dash !== '\u2014' || more.length > 0 || !isName(name ?? '') || decoded === null || decoded.length <= 4) {
      return null;
    }
    signatures.push({ name, keyId: decoded.slice(0, 4), signature: decoded.slice(4) });
  }
  return signatures.length <= SIGNATURES_MAX ? { text: whole.slice(0, gap + 1), signatures } : null;
}

/** The keys that signed; null when a known key's signature fails. Unknown keys are passed over. */
export async function checkNote(note, keys) {
  const signed = [];
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && equal(known.keyId, keyId));
    if (key !== undefined) {
      if (!await signatureHolds(key, note.text, signature)) {
        return null;
      }
      signed.push(key);
    }
  }
  return signed;
}

/** Origin, size and root of a checkpoint's text, or null when the form is another. */
export function parseCheckpoint(text) {
  const lines = text.slice(0, -1).split('\n');
  const root = fromBase64(lines[2] ?? '');
  const size = Number(lines[1]);
  const sound = text.endsWith('\n') && lines.length >= 3 && lines.length <= 3 + EXTENSIONS_MAX && !lines.includes('')
    && /^(?:0|[1-9][0-9]*)$/.test(lines[1]) && Number.isSafeInteger(size) && root?.length === HASH_LENGTH;
  return sound ? { origin: lines[0], size, root } : null;
}

// ---- tiles

/** The path of a tile below the log's prefix; the level is a number or 'entries'. */
export function tilePath(level, index, width = FULL) {
  let place = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    place = `x${String(rest % 1000).padStart(3, '0')}/${place}`;
  }
  return `tile/${level}/${place}${width < FULL ? `.p/${width}` : ''}`;
}

/** Bytes of a tile; where the partial one has gone, those of the full one. */
async function readTile(read, level, index, width) {
  const path = tilePath(level, index, width);
  const bytes = await read(path);
  if (bytes !== null) {
    return { path, bytes, width };
  }
  const full = tilePath(level, index);
  const more = width < FULL ? await read(full) : null;
  if (more === null) {
    throw new LogFault('FileMissing', path, null, 'nothing');
  }
  return { path: full, bytes: more, width: FULL };
}

async function readHashes(read, level, index, width) {
  const tile = await readTile(read, level, index, width);
  if (tile.bytes.length !== tile.width * HASH_LENGTH) {
    throw new LogFault('WrongLength', tile.path, null, `${tile.bytes.length} bytes`);
  }
  return Array.from({ length: width }, (_, at) => tile.bytes.subarray(at * HASH_LENGTH, (at + 1) * HASH_LENGTH));
}

/** The entries of a bundle up to the first that is broken, and the fault of that one or null. */
async function readEntries(read, index, width) {
  let tile;
  try {
    tile = await readTile(read, 'entries', index, width);
  } catch (fault) {
    return { entries: [], fault: asFault(fault) };
  }
  const entries = [];
  let at = 0;
  while (entries.length < tile.width && at + 2 <= tile.bytes.length) {
    const end = at + 2 + tile.bytes[at] * 256 + tile.bytes[at + 1];
    if (end > tile.bytes.length) {
      break;
    }
    entries.push(tile.bytes.subarray(at + 2, end));
    at = end;
  }
  const whole = entries.length === tile.width && at === tile.bytes.length;
  const broken = index * FULL + Math.min(entries.length, width - 1);
  return {
    entries: entries.slice(0, width),
    fault: whole ? null : new LogFault('WrongLength', tile.path, broken, `${tile.bytes.length} bytes`),
  };
}

function asFault(error) {
  if (error instanceof LogFault) {
    return error;
  }
  throw error;
}

const widthOf = (count, index) => Math.min(FULL, count - index * FULL);

async function compareTiles(tree, read) {
  for (let level = 0; level < tree.rows.length; level++) {
    const row = tree.rows[level];
    for (let index = 0; index * FULL < row.length; index++) {
      const hashes = await readHashes(read, level, index, widthOf(row.length, index));
      const wrong = hashes.findIndex((hash, at) => !equal(hash, row[index * FULL + at]));
      if (wrong >= 0) {
        throw new LogFault('TileChanged', tilePath(level, index, hashes.length), null, `another hash at ${wrong}`);
      }
    }
  }
}

/** The entries are not those that were signed: finds the first that its tile does not vouch for. */
async function findEntry(checkpoint, tree, read, broken) {
  for (let index = 0; index * FULL < checkpoint.size; index++) {
    const width = widthOf(checkpoint.size, index);
    let hashes;
    try {
      hashes = await readHashes(read, 0, index, width);
    } catch (fault) {
      throw broken ?? fault;
    }
    for (let at = 0; at < width; at++) {
      const place = index * FULL + at;
      if (place >= tree.size) {
        throw broken;
      }
      if (!equal(hashes[at], tree.rows[0][place])) {
        throw new LogFault('EntryChanged', tilePath('entries', index, width), place, 'another entry than was signed');
      }
    }
  }
  if (broken === null) {
    await compareTiles(tree, read);
  }
  throw broken ?? new LogFault('RootDiffers', 'checkpoint', null, base64(await tree.root()));
}

async function openCheckpoint(read, key, earlier) {
  const fault = (code, found) => new LogFault(code, 'checkpoint', null, found);
  const bytes = await read('checkpoint');
  if (bytes === null) {
    throw fault('FileMissing', 'nothing');
  }
  const note = parseNote(bytes);
  if (note === null) {
    throw fault('MalformedNote', 'no signed note');
  }
  const signed = key === null ? [] : await checkNote(note, [key]);
  if (signed === null || (key !== null && signed.length === 0)) {
    throw fault('SignatureFails', signed === null ? 'a signature that does not fit' : 'no signature of the key');
  }
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint === null) {
    throw fault('MalformedCheckpoint', 'other lines than origin, size and root');
  }
  if ((key !== null && checkpoint.origin !== key.name) || (earlier !== null && checkpoint.origin !== earlier.origin)) {
    throw fault('OtherOrigin', checkpoint.origin);
  }
  if (earlier !== null && checkpoint.size < earlier.size) {
    throw fault('RolledBack', `${checkpoint.size} entries, ${earlier.size} earlier`);
  }
  if (checkpoint.size > SIZE_MAX) {
    throw fault('TooLarge', `${checkpoint.size} entries`);
  }
  return { checkpoint, note };
}

const HANDOVERS_MAX = 64;

/** The key that an entry hands over to, or null. */
async function nextKey(entry, from) {
  try {
    const read = JSON.parse(strictUtf8.decode(entry));
    const next = read.kind === 'key.rotated' && typeof read.body?.next === 'string' ? await parseKey(read.body.next) : null;
    return next?.kind === LOG_KEY && next.name === from.name ? next : null;
  } catch {
    return null;
  }
}

/** From a key that signed the log once to the one that signs it now, over the checkpoints that both keys signed. */
async function passHandovers(read, key) {
  const newest = parseNote(await read('checkpoint') ?? new Uint8Array(0));
  const head = newest === null ? null : parseCheckpoint(newest.text);
  const passed = [];
  if (head === null || (await checkNote(newest, [key]))?.length !== 0) {
    return { key, passed };
  }
  let signer = key;
  for (let number = 1; number <= HANDOVERS_MAX; number++) {
    const bytes = await read(`handover/${number}`);
    if (bytes === null) {
      break;
    }
    const note = parseNote(bytes);
    const covered = note === null ? null : parseCheckpoint(note.text);
    if (covered === null || covered.size < 1 || covered.size > head.size || covered.origin !== signer.name
        || !((await checkNote(note, [signer]))?.length > 0)) {
      continue;
    }
    const index = Math.floor((covered.size - 1) / FULL);
    const bundle = await readEntries(read, index, widthOf(head.size, index));
    const next = bundle.fault === null ? await nextKey(bundle.entries[(covered.size - 1) % FULL], signer) : null;
    if (next !== null && (await checkNote(note, [next]))?.length > 0) {
      passed.push(covered);
      signer = next;
    }
  }
  return { key: signer, passed };
}

const HELD_KIND = '"kind":"key.held"';
const HOST_LENGTH_MAX = 200;

/** What the entries of a log say of who holds its key: the latest statement by time, then by position. */
class Holding {
  constructor(origin) {
    this.origin = origin;
    this.member = origin.slice(origin.lastIndexOf('/') + 1);
    this.latest = null;
  }

  look(bytes) {
    const text = loose.decode(bytes);
    if (!text.includes(HELD_KIND)) {
      return;
    }
    try {
      const { at, author, body, kind, subject } = JSON.parse(text);
      if (kind === 'key.held' && author === this.member && subject === `key/${author}/host` && typeof body?.key === 'string'
          && typeof body?.host === 'string' && body.host.trim() !== '' && body.host.length <= HOST_LENGTH_MAX
          && !/[\0-\x1f\x7f-\x9f]/.test(body.host)
          && (this.latest === null || at >= this.latest.at)) {
        this.latest = { at, host: body.host, key: body.key };
      }
    } catch {
      // No entry: it says nothing.
    }
  }

  /** The host that signs for the member, where the statement is about the key that signed the note; else null. */
  async of(note, signer) {
    const held = this.latest;
    if (held === null || held.host === this.member) {
      return null;
    }
    const key = await parseKey(held.key).catch(() => null);
    if (key?.kind !== LOG_KEY || key.name !== this.origin) {
      return null;
    }
    // Without a known signer it is the one key of the log's name: where one hands over to the next, the first has ended.
    const named = note.signatures.filter((one) => one.name === this.origin);
    const ends = signer === null ? named.every((one) => equal(one.keyId, key.keyId)) : equal(signer.keyId, key.keyId);
    return ends && named.some((one) => equal(one.keyId, key.keyId)) ? held.host : null;
  }
}

/**
 * Checks a whole log and gives origin, size and root, and the host that signs for the member where the log says so of
 * its key; or throws a LogFault.
 * @param read async function from a path below the log's prefix to a Uint8Array, or null where there is no such file
 * @param key what parseKey gave, or null to check agreement only; a key that has handed over to the next will do
 * @param earlier what parseCheckpoint gave for a checkpoint seen earlier, or null
 * @param onEntry called with each entry and its index while reading: believe it only when the check has ended
 */
export async function verifyLog(read, key = null, earlier = null, onEntry = () => {}) {
  const { key: signer, passed } = key === null ? { key, passed: [] } : await passHandovers(read, key);
  const { checkpoint, note } = await openCheckpoint(read, signer, earlier);
  const holding = new Holding(checkpoint.origin);
  const tree = new Tree();
  let broken = null;
  for (let index = 0; index * FULL < checkpoint.size && broken === null; index++) {
    const bundle = await readEntries(read, index, widthOf(checkpoint.size, index));
    bundle.entries.forEach((entry, at) => {
      holding.look(entry);
      onEntry(entry, index * FULL + at);
    });
    for (const hash of await Promise.all(bundle.entries.map(leafHash))) {
      await tree.append(hash);
    }
    broken = bundle.fault;
  }
  if (broken === null && equal(await tree.root(), checkpoint.root)) {
    await compareTiles(tree, read);
  } else {
    await findEntry(checkpoint, tree, read, broken);
  }
  for (const before of earlier === null ? passed : [earlier, ...passed]) {
    if (!equal(await tree.root(before.size), before.root)) {
      throw new LogFault('Forked', 'checkpoint', null, `another root at size ${before.size}`);
    }
  }
  const host = await holding.of(note, signer);
  return {
    origin: checkpoint.origin, size: checkpoint.size, root: base64(checkpoint.root), ...(host === null ? {} : { host }),
  };
}

/** True when a .tlog-proof file proves the entry by the log's key; keys of witnesses that are known must hold too. */
export async function verifyProof(file, entry, key, witnesses = []) {
  let text;
  try {
    text = strictUtf8.decode(file);
  } catch {
    return false;
  }
  const gap = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(gap, 0)).split('\n');
  const note = parseNote(utf8.encode(text.slice(gap + 2)));
  if (gap < 0 || note === null || lines.shift() !== 'c2sp.org/tlog-proof@v1') {
    return false;
  }
  if (lines[0]?.startsWith('extra ') && fromBase64(lines.shift().slice('extra '.length)) === null) {
    return false;
  }
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '');
  const path = lines.map(fromBase64);
  const signed = await checkNote(note, [key, ...witnesses]);
  const checkpoint = parseCheckpoint(note.text);
  return index !== null && path.length <= PROOF_LENGTH_MAX && !path.includes(null)
    && signed !== null && signed.includes(key) && checkpoint !== null && checkpoint.origin === key.name
    && verifyInclusion(Number(index[1]), checkpoint.size, await leafHash(entry), path, checkpoint.root);
}

/** Reads a log over HTTP; the address is the log's prefix, in a page also relative to the page. */
export function fromAddress(address) {
  const prefix = new URL(address.endsWith('/') ? address : `${address}/`, globalThis.location?.href);
  return async (path) => {
    const answer = await fetch(new URL(path, prefix), { signal: AbortSignal.timeout(FETCH_MILLISECONDS_MAX) });
    if (answer.status === 404 || answer.status === 410) {
      return null;
    }
    if (!answer.ok) {
      throw new Error(`${answer.url} answered ${answer.status}`);
    }
    const parts = [];
    let length = 0;
    for (const reader = answer.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) {
        return concat(...parts);
      }
      length += value.length;
      if (length > FILE_LENGTH_MAX) {
        await reader.cancel();
        throw new Error(`${answer.url} is longer than ${FILE_LENGTH_MAX} bytes`);
      }
      parts.push(value);
    }
  };
}

// ---- the command in Node

async function fromFolder(folder) {
  const { readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  return async (path) => {
    try {
      return new Uint8Array(await readFile(join(folder, path)));
    } catch (error) {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
        return null;
      }
      throw error;
    }
  };
}

async function command(words) {
  const { parseArgs } = await import('node:util');
  const { readFile } = await import('node:fs/promises');
  const text = { type: 'string' };
  const options = { key: text, earlier: text, entry: text, proof: text, json: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const key = values.key === undefined ? null : await parseKey(values.key.trim());
  if (values.proof !== undefined) {
    const sound = await verifyProof(await readFile(values.proof), new Uint8Array(await readFile(values.entry)), key);
    console.log(sound ? 'The log holds the entry.' : 'The proof does not hold.');
    return sound ? 0 : 1;
  }
  if (positionals.length === 0) {
    throw new TypeError('name the folder or the address of a log');
  }
  const note = values.earlier === undefined ? null : parseNote(await readFile(values.earlier));
  const earlier = note === null ? null : parseCheckpoint(note.text);
  if (values.earlier !== undefined && earlier === null) {
    throw new TypeError(`${values.earlier} is no checkpoint`);
  }
  let code = 0;
  for (const place of positionals) {
    const read = /^https?:\/\//.test(place) ? fromAddress(place) : await fromFolder(place);
    try {
      const log = await verifyLog(read, key, earlier);
      const unsigned = key === null ? '; no key was given, so nobody is known to have signed it' : '';
      const member = log.origin.slice(log.origin.lastIndexOf('/') + 1);
      const host = log.host === undefined
        ? '' : `; the log says that ${log.host} holds the key and signs for ${member}`;
      console.log(values.json
        ? JSON.stringify({ sound: true, ...log })
        : `${place}: sound, ${log.size} entries of ${log.origin}, root ${log.root}${unsigned}${host}`);
    } catch (error) {
      const { code: reason, file, entry, found } = asFault(error);
      console.log(values.json
        ? JSON.stringify({ sound: false, code: reason, file, entry, found })
        : `${place}: ${error.message}`);
      code = 1;
    }
  }
  return code;
}

if (globalThis.process?.versions?.node && process.argv[1]) {
  const { pathToFileURL } = await import('node:url');
  if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    try {
      process.exitCode = await command(process.argv.slice(2));
    } catch (error) {
      console.error(error.message);
      process.exitCode = 2;
    }
  }
}
