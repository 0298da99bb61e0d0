// The page's own part of the check: reads what the page names, asks verify.mjs, and shows one line in the page's
// words. The page says all it says without this file too.

import { fromAddress, LogFault, parseKey, verifyLog, verifyProof } from './verify.mjs';

// A log with more entries than this is checked when the reader asks for it, not whenever the page is opened.
const UNASKED_MAX = 20_000;

const fill = (text, ...values) => values.reduce((line, value, at) => line.replaceAll(`{${at}}`, value), text);

/** What the page says of a fault: the reason, the file and, where there is one, the entry. */
function reasonOf(words, error) {
  if (!(error instanceof LogFault)) {
    return fill(words.unread, error.message);
  }
  const reason = words[`reason${error.code}`];
  return error.entry === null
    ? fill(words.inFile, reason, error.file)
    : fill(words.inEntry, reason, error.file, error.entry);
}

async function checkEntry(data, key) {
  const read = fromAddress(data.log);
  const [proof, entry] = await Promise.all([read(data.proof), read(data.entry)]);
  if (proof === null || entry === null) {
    throw new LogFault('FileMissing', proof === null ? data.proof : data.entry, null, 'nothing');
  }
  if (!await verifyProof(proof, entry, key)) {
    throw new LogFault('EntryChanged', data.entry, null, 'no proof');
  }
  return fill(data.entryHolds);
}

async function checkLog(data, key) {
  const log = await verifyLog(fromAddress(data.log), key);
  return fill(data.logHolds, log.size, log.root);
}

async function check(place) {
  const line = place.querySelector('.said');
  const data = place.dataset;
  let key;
  try {
    key = await parseKey(data.key);
  } catch {
    // No WebCrypto (an address without https), or a browser without Ed25519.
    line.textContent = data.unable;
    return;
  }
  line.textContent = data.checking;
  try {
    line.textContent = data.proof ? await checkEntry(data, key) : await checkLog(data, key);
    place.classList.add('holds');
  } catch (error) {
    line.textContent = fill(data.fails, reasonOf(data, error));
    place.classList.add('fails');
  }
}

for (const place of document.querySelectorAll('.browser-check')) {
  const button = place.querySelector('button');
  place.hidden = false;
  if (place.dataset.proof || Number(place.dataset.size) <= UNASKED_MAX) {
    await check(place);
  } else {
    button.hidden = false;
    button.addEventListener('click', () => {
      button.hidden = true;
      check(place);
    });
  }
}
