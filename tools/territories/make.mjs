// Makes data/territories/territories.csv and data/boundaries/world-110m.txt from three npm packages of fixed version.
// Run: node tools/territories/make.mjs        (needs node, npm and tar; nothing is installed into the repository)
// data/territories/aliases.csv is written by hand and is not touched.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { centroid, largestRing, mergedRings, readTopology, ringsOf, simplified } from './rings.mjs';

const PACKAGES = { 'cldr-core': '48.2.0', 'cldr-localenames-full': '48.2.0', 'world-atlas': '2.0.2' };
const CULTURES = ['en', 'zh-Hans', 'zh-Hant', 'fr', 'es', 'ar', 'ru'];
const USER_ASSIGNED_NUMBERS_FROM = 900; // ISO 3166-1 leaves 900 to 999 to users
const USER_ASSIGNED_KEPT = ['XK'];
const UNITS_PER_DEGREE = 10;
const SOUTHERN_EDGE = -60; // rings that lie wholly south of it are left out: the map ends there
const DROPPED_BELOW_SQUARE_DEGREES = 0.08; // least triangle kept by the simplification of an arc

// Parts that Natural Earth draws inside another outline although ISO 3166-1 gives them a code of their own:
// [number of the outline, west, south, east, north] of a box that holds the part and nothing else of that outline.
const PARTS = {
  GF: ['250', -56, 1, -50, 7], GP: ['250', -62, 15.7, -60.9, 16.6], MQ: ['250', -61.4, 14.2, -60.6, 15],
  RE: ['250', 55, -22, 56, -20], YT: ['250', 44.5, -13.3, 45.6, -12.3], BQ: ['528', -70, 11.5, -62.5, 18],
  SJ: ['578', 5, 70, 40, 82], BV: ['578', 2, -56, 5, -53], TK: ['554', -173, -10, -171, -8],
  CC: ['Indian Ocean Ter.', 96, -13, 98, -11], CX: ['Indian Ocean Ter.', 105, -11, 106, -10],
};

// Outlines without a code of ISO 3166-1 go to the entry of ISO 3166 that covers the place, and so do outlines that
// Natural Earth draws under another code than the entry whose ISO 3166-2 subdivisions list the place.
const COVERED_BY = { 'N. Cyprus': '196', Somaliland: '706' };
const KOSOVO_OUTLINE = 'Kosovo';
const MOVED = [{ from: '643', to: '804', box: [32, 44, 37, 47] }]; // UA-43 and UA-40 of ISO 3166-2

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'territories-'));
const fail = message => { throw new Error(message); };

function unpacked() {
  for (const [name, version] of Object.entries(PACKAGES)) {
    const archive = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], { cwd: scratch }).toString().trim();
    mkdirSync(join(scratch, name));
    execFileSync('tar', ['xzf', join(scratch, archive), '-C', join(scratch, name), '--strip-components=1']);
  }
  return path => JSON.parse(readFileSync(join(scratch, path), 'utf8'));
}

const within = ([west, south, east, north]) => ring =>
  ring.every(([x, y]) => x >= west && x <= east && y >= south && y <= north);

function placesOf(read) {
  const codes = read('cldr-core/supplemental/codeMappings.json').supplemental.codeMappings;
  const figures = read('cldr-core/supplemental/territoryInfo.json').supplemental.territoryInfo;
  const folder = culture => ({ 'zh-Hans': 'zh' }[culture] ?? culture);
  const names = Object.fromEntries(CULTURES.map(culture => [culture,
    read(`cldr-localenames-full/main/${folder(culture)}/territories.json`)
      .main[folder(culture)].localeDisplayNames.territories]));
  return Object.entries(codes)
    .filter(([alpha2, code]) => /^[A-Z]{2}$/.test(alpha2) && code._alpha3 && code._numeric && names.en[alpha2])
    .filter(([alpha2, code]) => Number(code._numeric) < USER_ASSIGNED_NUMBERS_FROM
      || USER_ASSIGNED_KEPT.includes(alpha2))
    .map(([alpha2, code]) => {
      const user = USER_ASSIGNED_KEPT.includes(alpha2);
      return {
        alpha2, code: code._alpha3, number: code._numeric.padStart(3, '0'), status: user ? 'user-assigned' : 'iso',
        m49: user ? '' : code._numeric.padStart(3, '0'),
        population: Number(figures[alpha2]?._population ?? 0),
        names: CULTURES.map(culture => names[culture][alpha2] ?? fail(`no ${culture} name of ${alpha2}`)),
        also: alsoKnownAs(names.en, alpha2),
      };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

// The other English names of CLDR, and every spelling without accents, ampersand or a shortened Saint.
function alsoKnownAs(english, alpha2) {
  const given = ['', '-alt-short', '-alt-variant'].map(suffix => english[alpha2 + suffix]).filter(Boolean);
  const spellings = given.flatMap(name => {
    const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'");
    const spelled = plain.replace(/ & /g, ' and ').replace(/\bSt\. /g, 'Saint ');
    return [name, plain, plain.replace(/ & /g, ' and '), spelled];
  });
  return [...new Set(spellings)].filter(name => name !== english[alpha2] && name.length > 2);
}

// The rings of a place: its own outline without what belongs to others, with what it covers.
function outline(place, world) {
  const part = PARTS[place.alpha2];
  const own = part ? part[0] : place.alpha2 === 'XK' ? KOSOVO_OUTLINE : place.number;
  const covered = Object.keys(COVERED_BY).filter(name => COVERED_BY[name] === place.number);
  const moved = MOVED.filter(move => move.to === place.number);
  const lost = [...MOVED.filter(move => move.from === place.number).map(move => move.box),
    ...Object.values(PARTS).filter(other => !part && other[0] === place.number).map(other => other.slice(1))];
  const polygons = [
    ...ringsOf(world, own, part ? within(part.slice(1)) : ring => !lost.some(box => within(box)(ring))),
    ...covered.flatMap(name => ringsOf(world, name)),
    ...moved.flatMap(move => ringsOf(world, move.from, within(move.box))),
  ];
  return mergedRings(polygons, covered.length + moved.length > 0);
}

// The middle of the largest island or mainland, from the coarser of two outlines that has the place.
function middle(place, worlds) {
  const rings = worlds.map(world => outline(place, world)).find(found => found.length > 0)
    ?? fail(`no outline of ${place.alpha2}`);
  const [longitude, latitude] = centroid(largestRing(rings)).map(degrees => degrees.toFixed(2));
  return latitude === '-90.00' ? ['0.00', latitude] : [longitude, latitude];
}

function boundaryLine(place, world) {
  const rings = outline(place, world).filter(ring => ring.some(([, y]) => y > SOUTHERN_EDGE))
    .map(ring => deltas(ring)).filter(Boolean);
  return rings.length === 0 ? null : `${place.code} ${rings.join(';')}`;
}

function deltas(ring) {
  const steps = [];
  let [x, y] = [0, 0];
  for (const [longitude, latitude] of ring.slice(0, -1)) {
    const [column, row] = [Math.round(longitude * UNITS_PER_DEGREE), Math.round(latitude * UNITS_PER_DEGREE)];
    if (steps.length > 0 && column === x && row === y) continue;
    steps.push(column - x, row - y);
    [x, y] = [column, row];
  }
  return steps.length < 6 ? null : steps.join(' ');
}

const quoted = value => /[",\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : String(value);

try {
  const read = unpacked();
  const places = placesOf(read);
  const [coarse, medium, fine] = ['110m', '50m', '10m'].map(scale =>
    readTopology(read(`world-atlas/countries-${scale}.json`)));
  const rows = places.map(place => {
    const [longitude, latitude] = middle(place, [medium, fine]);
    return [place.code, place.alpha2, place.m49, place.status, place.population, latitude, longitude,
      ...place.names, place.also.join('|')].map(quoted).join(',');
  });
  const header = ['code', 'alpha2', 'm49', 'status', 'population', 'latitude', 'longitude', ...CULTURES, 'also'];
  writeFileSync(join(root, 'data/territories/territories.csv'), `${header.join(',')}\n${rows.join('\n')}\n`);

  const drawn = { ...coarse, arcs: coarse.arcs.map(arc => simplified(arc, DROPPED_BELOW_SQUARE_DEGREES)) };
  const lines = places.map(place => boundaryLine(place, drawn)).filter(Boolean);
  writeFileSync(join(root, 'data/boundaries/world-110m.txt'),
    `sameboat-boundaries 1 ${UNITS_PER_DEGREE}\n${lines.join('\n')}\n`);
  console.log(`${rows.length} territories, ${lines.length} outlines`);
} finally {
  rmSync(scratch, { recursive: true });
}
