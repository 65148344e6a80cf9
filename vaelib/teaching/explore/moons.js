// Pictures of the moon, and the real moon nearest to a picture: vaelib/data/moons.py, for a page.

const RADIUS = 10; // pixels
const EARTHSHINE = 0.08;
const SOFTNESS = 0.35; // the sun's height at which the light is full
const SIDE = 28;
const STEP = Math.PI / 20; // between two moons of the coarse grid
const APART = Math.cos(Math.PI / 5); // two starts have their suns farther from each other

// The quarters of the m pixels that the disc touches, four after one another: their places and how
// much of each the disc covers.
function quarters() {
  const [u, v, w, disc, touched] = [[], [], [], [], []];
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const x = ((pixel % SIDE) - 13.5) / RADIUS;
    const y = (13.5 - Math.floor(pixel / SIDE)) / RADIUS;
    const q = 0.25 / RADIUS;
    const four = [
      [x - q, y + q],
      [x + q, y + q],
      [x - q, y - q],
      [x + q, y - q],
    ];
    const covers = four.map(([a, b]) => 2 * RADIUS * (1 - Math.hypot(a, b)) + 0.5);
    if (!covers.some((cover) => cover > 0)) continue;
    touched.push(pixel);
    four.forEach(([a, b], k) => {
      u.push(a);
      v.push(b);
      w.push(Math.sqrt(Math.max(0, 1 - a * a - b * b)));
      disc.push(Math.max(0, Math.min(1, covers[k])));
    });
  }
  const [U, V, W, DISC] = [u, v, w, disc].map((part) => Float64Array.from(part));
  return { U, V, W, DISC, touched };
}

const { U, V, W, DISC, touched } = quarters();
const M = touched.length;

// The touched pixels of the moon at a = 2π phase and tilt t, and, into `by`, their derivatives by a
// and by t.
function draw(a, t, out, by) {
  const [sinA, cosA, sinT, cosT] = [Math.sin(a), Math.cos(a), Math.sin(t), Math.cos(t)];
  for (let pixel = 0; pixel < M; pixel++) {
    let bright = 0;
    let byA = 0;
    let byT = 0;
    for (let i = 4 * pixel; i < 4 * pixel + 4; i++) {
      const across = U[i] * cosT + V[i] * sinT;
      const light = (across * sinA - W[i] * cosA) / SOFTNESS;
      if (light >= 1) bright += DISC[i];
      else if (light <= 0) bright += DISC[i] * EARTHSHINE;
      else {
        bright += DISC[i] * (EARTHSHINE + (1 - EARTHSHINE) * light * light * (3 - 2 * light));
        const slope = (DISC[i] * (1 - EARTHSHINE) * 6 * light * (1 - light)) / SOFTNESS;
        byA += slope * (across * cosA + W[i] * sinA);
        byT += slope * (V[i] * cosT - U[i] * sinT) * sinA;
      }
    }
    out[pixel] = bright / 4;
    by[2 * pixel] = byA / 4;
    by[2 * pixel + 1] = byT / 4;
  }
  return out;
}

// The moon's 784 pixels.
export function renderMoon(phase, tilt) {
  const some = draw(2 * Math.PI * phase, tilt, new Float64Array(M), new Float64Array(2 * M));
  const image = new Float64Array(SIDE * SIDE);
  touched.forEach((pixel, i) => {
    image[pixel] = some[i];
  });
  return image;
}

let kept = null;

// Moons all over the sphere, a step apart, made once: their angles, pixels, and half their squares.
function grid() {
  if (kept) return kept;
  const angles = [];
  for (let i = 0; i < 40; i++) {
    for (let j = 0; j < 20; j++) angles.push([i * STEP, j * STEP - Math.PI]);
  }
  const pixels = new Float32Array(angles.length * M);
  const half = new Float64Array(angles.length);
  const by = new Float64Array(2 * M);
  angles.forEach(([a, t], k) => {
    const moon = draw(a, t, pixels.subarray(k * M, (k + 1) * M), by);
    half[k] = moon.reduce((sum, value) => sum + value * value, 0) / 2;
  });
  const suns = angles.map(([a, t]) => [
    Math.sin(a) * Math.cos(t),
    Math.sin(a) * Math.sin(t),
    -Math.cos(a),
  ]);
  kept = { angles, pixels, half, suns };
  return kept;
}

// The angles of the grid's nearest moon, and of the nearest whose sun is elsewhere.
function starts(x) {
  const { angles, pixels, half, suns } = grid();
  const score = half.map((own, k) => {
    let product = 0;
    for (let i = 0; i < M; i++) product += pixels[k * M + i] * x[i];
    return own - product;
  });
  const least = (some) => some.reduce((best, k) => (score[k] < score[best] ? k : best));
  const all = angles.map((_, k) => k);
  const best = least(all);
  const elsewhere = all.filter(
    (k) => suns[k].reduce((s, p, i) => s + p * suns[best][i], 0) < APART,
  );
  return [angles[best], angles[least(elsewhere)]];
}

function missed(x, moon) {
  let sum = 0;
  for (let i = 0; i < M; i++) sum += (x[i] - moon[i]) ** 2;
  return sum;
}

// From a, t down ‖x − moon‖² by Levenberg's damped Gauss–Newton steps: [error, a, t].
function refine(x, [a, t]) {
  const made = () => ({ moon: new Float64Array(M), by: new Float64Array(2 * M) });
  let [now, next] = [made(), made()];
  let error = missed(x, draw(a, t, now.moon, now.by));
  let damping = 1e-2;
  for (let step = 0; step < 30; step++) {
    let [aa, at, tt, ga, gt] = [damping, 0, damping, 0, 0];
    for (let i = 0; i < M; i++) {
      const da = now.by[2 * i];
      const dt = now.by[2 * i + 1];
      const miss = x[i] - now.moon[i];
      aa += da * da;
      at += da * dt;
      tt += dt * dt;
      ga += da * miss;
      gt += dt * miss;
    }
    const det = aa * tt - at * at;
    const [byA, byT] = [(tt * ga - at * gt) / det, (aa * gt - at * ga) / det];
    const nextError = missed(x, draw(a + byA, t + byT, next.moon, next.by));
    const better = nextError < error;
    damping = Math.max(1e-9, damping * (better ? 0.2 : 10));
    if (better) {
      [a, t, error] = [a + byA, t + byT, nextError];
      [now, next] = [next, now];
    }
    if (Math.max(Math.abs(byA), Math.abs(byT)) <= 1e-5) break;
  }
  return [error, a, t];
}

// The real moon nearest to 784 pixels: its distance, √(mean of the squared differences), and its
// phase and tilt. A grid six times coarser than Python's, but from two places.
export function nearestMoon(image) {
  const x = Float64Array.from(touched, (pixel) => image[pixel]);
  const around =
    image.reduce((sum, value) => sum + value * value, 0) - x.reduce((s, v) => s + v * v, 0);
  const [error, a, t] = starts(x)
    .map((start) => refine(x, start))
    .reduce((best, found) => (found[0] < best[0] ? found : best));
  const phase = a / (2 * Math.PI);
  return {
    far: Math.sqrt((error + around) / image.length),
    phase: phase - Math.floor(phase),
    tilt: t,
  };
}
