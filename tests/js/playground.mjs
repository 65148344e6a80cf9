// The playground's engine as tests/test_playground_engine.py calls it: plain objects in and out.

import { createHash } from "node:crypto";

const ENGINE = "../../vaelib/teaching/explore/playground/engine/engine.js";
const engine = await import(ENGINE);
const { gaussHermite, grid, heldOut, Mixture, models, PRIORS, Race, Random } = engine;
const { rulesOf, stamped, Trainer } = engine;
if (process.env.KERNELS === "javascript") engine.heap.use(null);

export const fast = () => engine.heap.start().fast;

// Arrays for typed arrays, and words for what JSON has no number for.
function plain(value) {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value, plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

const each = (object, f) =>
  Object.fromEntries(Object.entries(object).map(([name, part]) => [name, f(part, name)]));

// All parameters of a model, and the gradient by them.
const thetas = ({ decoder, logvar, encoder }) => ({
  decoder: decoder.theta, ...(logvar && { logvar }), ...(encoder && { encoder: encoder.theta }),
}); // prettier-ignore
const gradients = ({ decoder, slope, encoder }) => ({
  decoder: decoder.gradient,
  ...(slope && { logvar: slope }),
  ...(encoder && { encoder: encoder.gradient }),
});
const networks = ({ infinite, vae, autoencoder }) => ({ infinite, vae, autoencoder });

// Outputs and gradients at given weights, and the weights after the first and last step of Adam.
export function steps({ x, n, epsilons, count, weights, ...settings }) {
  const { d, beta } = settings;
  const all = models(settings, new Random(1));
  each(all, (model, name) => each(thetas(model), (to, part) => to.set(weights[name][part])));
  const { infinite, vae, autoencoder } = all;
  for (const model of [infinite, vae]) model.fix(settings.sigma);
  const rule = grid(d, count);
  const points = Float64Array.from(x);
  const noise = epsilons.map((epsilon) => Float64Array.from(epsilon));
  const outputs = { ...vae.encode(points, n), log_prob: infinite.logProb(points, n, rule) };
  const { decoder, encoder } = autoencoder;
  outputs.again = decoder.forward(encoder.forward(points, n), n).slice();
  infinite.gradient(points, n, rule);
  vae.gradient(points, n, noise[0], beta);
  autoencoder.gradient(points, n);
  const found = plain({ outputs, gradients: each(all, gradients) });
  const after = noise.map((epsilon, t) => {
    infinite.step(points, n, rule, settings);
    vae.step(points, n, epsilon, settings);
    autoencoder.step(points, n, settings);
    return t === 0 || t === noise.length - 1 ? plain(each(all, thetas)) : null;
  });
  found.after = [after[0], after.at(-1)];
  return found;
}

// A mixture from its own start, or from `mixture`, and after each step of EM.
export function em({ x, n, K, seed, count, mixture }) {
  const points = Float64Array.from(x);
  const own = new Mixture(K, points, n, new Random(seed));
  Object.assign(own, mixture);
  const now = () => plain({ ...own, log_prob: own.logProb(points, n) });
  const found = [now()];
  while (found.length <= count) {
    own.step(points, n);
    found.push(now());
  }
  return found;
}

function race({ stamp, n, ...settings }) {
  const points = stamped(stamp, n, settings.seed);
  const made = new Race(settings);
  made.setPoints(
    points.flat(),
    points.map((_, i) => heldOut(i)),
  );
  return made;
}

// A race after some rounds; noise may be given, one array a round.
function run({ rounds, epsilons, ...given }) {
  const made = race(given);
  const start = plain({ ...each(networks(made), thetas), mixture: { ...made.mixture } });
  if (epsilons) made.random.normals = () => Float64Array.from(epsilons[made.round]);
  for (let i = 0; i < rounds; i++) made.step();
  const end = { ...each(networks(made), thetas), mixture: { ...made.mixture } };
  const [train, held] = [made.train.x, made.held.x];
  const rules = each(rulesOf(given.d), ({ J }) => Math.round(J ** (1 / given.d)));
  return [made, plain({ start, end, train, held, rules, numbers: made.measure() })];
}

export const raced = (given) => run(given)[1];

// What it says of each held-out point besides.
export function watched(given) {
  const [made, found] = run(given);
  const { train, held, vae, autoencoder } = made;
  const { x, n } = held;
  const { exact, hermite } = rulesOf(given.d);
  const fine = grid(given.d, given.d === 1 ? 8192 : 200);
  const best = vae.bestQ(x, n, hermite);
  const lent = autoencoder.lend(train.x, train.n);
  const codes = autoencoder.encoder.forward(x, n).slice();
  return plain({
    ...found,
    gap: made.splitGap(),
    exact: vae.logProb(x, n, exact),
    fine: vae.logProb(x, n, fine),
    ...vae.bound(x, n, hermite),
    best: vae.bound(x, n, hermite, best).bound,
    nodes: exact.nodes,
    log_weights: exact.logWeights,
    posterior: [0, 1].map((i) => vae.posterior(x[2 * i], x[2 * i + 1], exact).shares),
    lent: lent.logProb(x, n, fine),
    lent_logvar: lent.logvar,
    codes,
    unbent: lent.unbend(codes),
    again: lent.bend(lent.unbend(codes)),
  });
}

// erf, and each prior's map and slope.
export const line = (places) =>
  plain({
    erf: places.map(engine.erf),
    ...each(PRIORS, ({ bend, slope }) => [places.map(bend), places.map(slope)]),
  });

export const hermite = ({ d, count }) => plain(gaussHermite(d, count));

export function numbers({ seed, n }) {
  const random = new Random(seed);
  const uniform = Array.from({ length: n }, () => random.uniform());
  return plain({ uniform, normal: random.normals(n) });
}

// What a trainer posts, message after message; a number is so many of its slices. Its clock goes
// `tick` ms at each look, and on to when a slice is due, 50 ms where none is. Weights come as a
// digest for each model.
export function heard({ script, tick = 1, slice = 12 }) {
  const [posts, queue] = [[], []];
  let time = 0;
  const later = (work, wait = 0) => queue.push({ work, at: time + wait });
  const post = (message) => posts.push(brief(structuredClone(message), time));
  const trainer = new Trainer(post, { slice, later, now: () => (time += tick) });
  for (const item of script) {
    if (typeof item !== "number") {
      trainer.hear(structuredClone(item));
      continue;
    }
    for (let i = 0; i < item; i++) {
      const { work, at } = queue.shift() ?? { at: time + 50 };
      time = Math.max(time, at);
      work?.();
    }
  }
  return plain(posts);
}

const digest = (part) =>
  createHash("sha256")
    .update(JSON.stringify(plain(part)))
    .digest("hex");

function brief(message, time) {
  const short = { ...message, time, broken: broken(message) };
  if (!message.weights) return short;
  const K = message.weights.mixture.weights.length;
  return { ...short, weights: each(message.weights, digest), K };
}

// The places of all that is neither finite nor a word.
function broken(value, at = "") {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [at];
  if (value === undefined) return [at];
  if (ArrayBuffer.isView(value)) return value.every(Number.isFinite) ? [] : [at];
  if (typeof value !== "object" || value === null) return [];
  const parts = Array.isArray(value) ? Array.from(value).entries() : Object.entries(value);
  return [...parts].flatMap(([name, part]) => broken(part, `${at}.${name}`));
}
