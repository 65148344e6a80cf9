// EM on the crescent, half a step at a time: the runs of em.py.

export const HALF_STEPS = 41;
const FINE = 2048; // a point is a half float plus another one over FINE
const WITHIN = 2.9;
const THIN = 1e-6;
const TINY = 10 * 2 ** -52; // added to each N_k, as the package does
const SIZES = [2, 3, 5];
const LOG_2PI = Math.log(2 * Math.PI);

// The points {n, x, y} of their halves, made once.
let made = null;
export function points({ halves }) {
  if (made?.halves === halves) return made;
  const [n] = halves.shape;
  const place = (i, axis) => halves.data[4 * i + axis] + halves.data[4 * i + 2 + axis] / FINE;
  const along = (axis) => Float64Array.from({ length: n }, (_, i) => place(i, axis));
  const [x, y] = [along(0), along(1)];
  const middle = [x, y].map((all) => all.slice().sort()[Math.floor((n - 1) / 2)]);
  made = { halves, n, x, y, middle, tops: {} };
  return made;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// N_k, μ_k and Σ_k = [a, b, c] of [[a, b], [b, c]], of the points weighted by every by-th r.
// As in the package, one without points ends at the median.
function weighed({ n, x, y, middle }, r, from, by) {
  let [count, mx, my] = [TINY, 0, 0];
  for (let i = 0, at = from; i < n; i++, at += by) {
    count += r[at];
    mx += r[at] * (x[i] - middle[0]);
    my += r[at] * (y[i] - middle[1]);
  }
  mx = middle[0] + mx / count;
  my = middle[1] + my / count;
  let [a, b, c] = [0, 0, 0];
  for (let i = 0, at = from; i < n; i++, at += by) {
    const u = x[i] - mx;
    const v = y[i] - my;
    const share = r[at] / count;
    a += share * u * u;
    b += share * u * v;
    c += share * v * v;
  }
  return { count, mean: [mx, my], cov: [a, b, c] };
}

function mStep(data, k, q) {
  const each = Array.from({ length: k }, (_, j) => weighed(data, q, j, k));
  const total = each.reduce((sum, { count }) => sum + count, 0);
  return each.map((one) => ({ ...one, weight: one.count / total }));
}

// The smallest variance in any direction.
const thinnest = ([a, b, c]) => (a + c) / 2 - Math.hypot((a - c) / 2, b);

// log p(x_n, k), row by row, and log p(x_n).
function joint({ n, x, y }, theta) {
  const k = theta.length;
  const parts = theta.map(({ weight, mean: [mx, my], cov: [a, b, c] }) => {
    const p = Math.sqrt(a); // Σ = L Lᵀ, L = [[p, 0], [q, s]]
    const q = b / p;
    const s = Math.sqrt(c - q * q);
    const constant = Math.log(weight) - LOG_2PI - Math.log(p) - Math.log(s);
    return { mx, my, p, q, s, constant };
  });
  const log = new Float64Array(n * k);
  const logP = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let top = -Infinity;
    for (let j = 0; j < k; j++) {
      const { mx, my, p, q, s, constant } = parts[j];
      const u = (x[i] - mx) / p;
      const v = (y[i] - my - q * u) / s;
      const here = constant - 0.5 * (u * u + v * v);
      log[i * k + j] = here;
      if (here > top) top = here;
    }
    let sum = 0;
    for (let j = 0; j < k; j++) sum += Math.exp(log[i * k + j] - top);
    logP[i] = top + Math.log(sum);
  }
  return { log, logP };
}

function posterior({ log, logP }, k) {
  const logQ = new Float64Array(log.length);
  const q = new Float64Array(log.length);
  for (let i = 0, at = 0; i < logP.length; i++) {
    for (let j = 0; j < k; j++, at++) {
      logQ[at] = log[at] - logP[i];
      q[at] = Math.exp(logQ[at]);
    }
  }
  return { logQ, q };
}

function bound(q, logQ, log, n) {
  let sum = 0;
  for (let i = 0; i < q.length; i++) sum += q[i] * (log[i] - logQ[i]);
  return sum / n;
}

// θ before the first E-step: {weight, mean, cov} for each k.
function first(data, fixed, k, start, moved) {
  const { n, x, y } = data;
  const size = SIZES.indexOf(k);
  const middle = [mean(x), mean(y)];
  const picked = Array.from({ length: k }, (_, j) =>
    start === "unlucky points" ? fixed.unlucky.data[5 * size + j] : j,
  );
  let theta = picked.map((i) => ({ weight: 1 / k, mean: [x[i], y[i]], cov: [1, 0, 1] }));
  if (start === "almost alike") {
    const { cov } = weighed(data, new Float64Array(n).fill(1), 0, 1);
    const near = (value, axis) => middle[axis] + 0.2 * (value - middle[axis]);
    theta = theta.map((one) => ({ ...one, mean: one.mean.map(near), cov }));
  }
  if (start === "k-means") {
    const one = Float64Array.from({ length: n * k }, (_, i) =>
      Number(fixed.labels.data[SIZES.length * Math.floor(i / k) + size] === i % k),
    );
    theta = mStep(data, k, one);
  }
  const within = (value) => Math.max(-WITHIN, Math.min(WITHIN, value));
  return theta.map((one, j) => ({
    ...one,
    mean: one.mean.map((value, axis) => within(value + (moved[j]?.[axis] ?? 0))),
  }));
}

// {theta, q, lower, logP} after each half-step; fewer where a Gaussian grows thin.
function run(data, theta, n) {
  const k = theta.length;
  const states = [];
  let now = joint(data, theta);
  let guess = null;
  for (let step = 0; step < n; step++) {
    if (step % 2 === 0) {
      guess = posterior(now, k);
    } else {
      theta = mStep(data, k, guess.q);
      if (!(Math.min(...theta.map(({ cov }) => thinnest(cov))) >= THIN)) break;
      now = joint(data, theta);
    }
    const lower = bound(guess.q, guess.logQ, now.log, data.n);
    states.push({ theta, q: guess.q, lower, logP: mean(now.logP) });
    if (step === 0) states[0].even = mean(now.log) + Math.log(k); // L of the same q for all
  }
  return states;
}

// The states of a run; the last one is kept for its next half-step.
export function climb(fixed, k, start, moved) {
  const data = points(fixed);
  const key = JSON.stringify([k, start, moved]);
  if (data.key !== key) {
    data.states = run(data, first(data, fixed, k, start, moved), HALF_STEPS);
    data.key = key;
  }
  return data.states;
}

// Where EM ends from k-means.
export function top(fixed, k) {
  const data = points(fixed);
  data.tops[k] ??= run(data, first(data, fixed, k, "k-means", []), 201).at(-1).logP;
  return data.tops[k];
}
