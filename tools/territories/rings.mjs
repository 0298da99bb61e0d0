// Rings of longitude and latitude out of a TopoJSON topology, whose shared borders are stored once as arcs.

const DEGREE = Math.PI / 180;

export function readTopology({ transform, arcs, objects }) {
  const [scaleX, scaleY] = transform.scale;
  const [shiftX, shiftY] = transform.translate;
  const decoded = arcs.map(arc => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => [(x += dx) * scaleX + shiftX, (y += dy) * scaleY + shiftY]);
  });
  const shapes = new Map();
  for (const geometry of objects.countries.geometries) {
    const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs ?? [];
    // A number stands several times where an outlying island has an outline of its own: the first is the main one.
    for (const key of [geometry.id, geometry.properties.name]) {
      if (key) shapes.set(key, [...(shapes.get(key) ?? []), ...polygons]);
    }
  }
  return { arcs: decoded, shapes };
}

const arcPoints = (world, index) => index < 0 ? world.arcs[~index].toReversed() : world.arcs[index];

// The points of a ring, walked on past longitude 180 where it crosses, so that no step is longer than half a turn.
function joined(world, ring) {
  const points = ring.flatMap((index, place) => arcPoints(world, index).slice(place === 0 ? 0 : 1));
  let turns = 0;
  return points.map(([x, y], place) => {
    const step = place === 0 ? 0 : x - points[place - 1][0];
    turns += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [x + turns, y];
  });
}

// Polygons of one outline as arrays of closed rings, outer ring first; each ring remembers its arcs.
export function ringsOf(world, key, keep = () => true) {
  return (world.shapes.get(key) ?? [])
    .map(polygon => polygon.map(arcs => Object.assign(joined(world, arcs), { arcs, world })))
    .filter(polygon => keep(polygon[0]));
}

// All rings of the polygons; arcs that two polygons share are borders inside the union and are dissolved.
export function mergedRings(polygons, dissolve) {
  const rings = polygons.flat();
  if (!dissolve || rings.length === 0) return rings;
  const { world } = rings[0];
  const kept = new Set(rings.flatMap(ring => ring.arcs));
  for (const index of [...kept]) {
    if (kept.has(~index)) { kept.delete(index); kept.delete(~index); }
  }
  const startOf = index => arcPoints(world, index)[0].join();
  const endOf = index => arcPoints(world, index).at(-1).join();
  const merged = [];
  while (kept.size > 0) {
    const [first] = kept;
    const ring = [first];
    kept.delete(first);
    while (endOf(ring.at(-1)) !== startOf(first)) {
      const next = [...kept].find(index => startOf(index) === endOf(ring.at(-1)));
      if (next === undefined) throw new Error('An outline does not close.');
      ring.push(next);
      kept.delete(next);
    }
    merged.push(joined(world, ring));
  }
  return merged;
}

const triangle = ([ax, ay], [bx, by], [cx, cy]) =>
  Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * Math.cos(by * DEGREE);

// Visvalingam and Whyatt 1993 (10.1179/000870493786962263): the point of the least triangle goes first. Ends stay, so
// that neighbours keep one common border; a closed arc keeps four points.
export function simplified(arc, leastArea) {
  const points = [...arc];
  const closed = arc[0].join() === arc.at(-1).join();
  const pointsMin = closed ? 5 : 2;
  while (points.length > pointsMin) {
    let [least, at] = [Infinity, -1];
    for (let index = 1; index < points.length - 1; index++) {
      const area = triangle(points[index - 1], points[index], points[index + 1]);
      if (area < least) [least, at] = [area, index];
    }
    if (least >= leastArea) break;
    points.splice(at, 1);
  }
  return points;
}

function area(ring) {
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    const [[ax, ay], [bx, by]] = [ring[index - 1], ring[index]];
    sum += (bx - ax) * (Math.sin(ay * DEGREE) + Math.sin(by * DEGREE)) / 2;
  }
  return Math.abs(sum);
}

export const largestRing = rings => rings.reduce((best, ring) => area(ring) > area(best) ? ring : best);

// Centroid on the equal-area cylinder (longitude, sine of latitude), which weighs every square kilometre alike.
export function centroid(ring) {
  let [twice, sumX, sumY] = [0, 0, 0];
  const flat = ring.map(([x, y]) => [x, Math.sin(y * DEGREE)]);
  const [x0, y0] = flat[0];
  for (let index = 1; index < flat.length; index++) {
    const [[ax, ay], [bx, by]] = [flat[index - 1], flat[index]].map(([x, y]) => [x - x0, y - y0]);
    const cross = ax * by - bx * ay;
    twice += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
  }
  if (twice === 0) return ring[0];
  const x = x0 + sumX / (3 * twice);
  return [x > 180 ? x - 360 : x < -180 ? x + 360 : x, Math.asin(y0 + sumY / (3 * twice)) / DEGREE];
}
