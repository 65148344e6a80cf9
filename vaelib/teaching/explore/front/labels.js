// Names written along their lines: each where the fewest other lines and names are near.

const HEIGHT = 13;
const FAR = 26; // pixels; farther is no better
const STAY = 8; // pixels that another place must be better by
const GAP = 3; // pixels between two names
const APART = 12; // pixels between a line's points, at most,
const MOST = 100; // but no more points than these between two
const FLOOR = 4; // pixels over the axis: on it, a line is not seen

// The line's points within the box, in pixels; of several lines, those of the first.
function inside(at, { data, shape }) {
  const own = Array.from({ length: shape.at(-2) }, (_, i) => [
    at.x(data[2 * i]),
    at.y(data[2 * i + 1]),
  ]);
  const all = own.flatMap((point, i) => (i ? between(own[i - 1], point) : [point]));
  return all.filter(([x, y]) => x >= at.left && x <= at.right && y >= at.top && y <= at.bottom);
}

// From one point to another, which is the last.
function between([x, y], [x1, y1]) {
  const n = Math.min(MOST, Math.ceil(Math.hypot(x1 - x, y1 - y) / APART) || 1);
  return Array.from({ length: n }, (_, k) => {
    const share = (k + 1) / n;
    return [x + share * (x1 - x), y + share * (y1 - y)];
  });
}

// At most so many of them, evenly.
function some(points, most) {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, i) => i % every === 0);
}

// How far a point lies from a box [left, top, right, bottom].
function apart([x, y], [left, top, right, bottom]) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// Where a name of that width may stand beside the points: [key, box, the point].
function* places(points, width, at) {
  const seen = points.filter(([, y]) => y < at.bottom - FLOOR);
  const tries = some(seen.length ? seen : points, 24);
  for (let i = 0; i < tries.length; i++) {
    const [x, y] = tries[i];
    const sides = [
      [x - width / 2, y - 6 - HEIGHT],
      [x - width / 2, y + 6],
      [x + 7, y - HEIGHT / 2],
      [x - 7 - width, y - HEIGHT / 2],
    ];
    for (let side = 0; side < 4; side++) {
      const [left, top] = sides[side];
      const box = [left, top, left + width, top + HEIGHT];
      const fits = left > at.left + 2 && box[2] < at.right - 2;
      if (fits && top > at.top + 1 && box[3] < at.bottom - 1) yield [`${i}/${side}`, box, tries[i]];
    }
  }
}

// lines: [name, mark, array]; kept: where the names stood, by the marks' names; held: [px, py] of
// what a hand may hold, which no name should cover.
export function nameLines(ctx, at, lines, colors, kept, held = []) {
  ctx.font = "600 12px system-ui, sans-serif";
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  const paths = lines.map(([, , array]) => inside(at, array));
  const crowd = [...paths.map((points) => some(points, 80)), held];
  const taken = [];
  lines.forEach(([name, mark], k) => {
    if (!mark.label) return;
    const width = ctx.measureText(mark.label).width;
    let [best, found] = [-1, null];
    for (const [key, box, anchor] of places(paths[k], width, at)) {
      if (taken.some((other) => overlap(box, other))) continue;
      let near = FAR;
      let alone = FAR; // how far its point is from other lines
      crowd.forEach((points, other) => {
        const own = other === k ? 2 : 1; // its own line may be twice as near
        for (const point of points) {
          near = Math.min(near, own * apart(point, box));
          if (other !== k)
            alone = Math.min(alone, Math.hypot(point[0] - anchor[0], point[1] - anchor[1]));
        }
      });
      const score = near + alone + (kept[name] === key ? STAY : 0);
      if (score > best) [best, found] = [score, [key, box]];
    }
    if (!found) return;
    const [key, box] = found;
    kept[name] = key;
    taken.push([box[0] - GAP, box[1] - GAP, box[2] + GAP, box[3] + GAP]);
    ctx.strokeStyle = colors.paper;
    ctx.lineWidth = 4;
    ctx.strokeText(mark.label, box[0], box[1]);
    ctx.fillStyle = colors.tones[mark.tone];
    ctx.fillText(mark.label, box[0], box[1]);
  });
}
