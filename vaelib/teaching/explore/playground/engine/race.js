// The race: points, settings, and four models that take a step a round on the same points.

import { Mixture } from "./mixture.js";
import { Autoencoder } from "./autoencoder.js";
import { InfiniteMixture } from "./infinite.js";
import { Random } from "./random.js";
import { gaussHermite, grid } from "./rules.js";
import { Vae } from "./vae.js";

// Each setting and what it may be; the first or middle is the start.
export const START = {
  K: 5, d: 1, width: 32, rate: 0.01, beta: 1, prior: "normal", sigma: 0, noise: true, kl: true,
  seed: 1,
}; // prettier-ignore
const NETWORKS = ["d", "width", "seed"]; // what cannot change without a new start
const ROUGH = 0.05; // nats between two grids, above which neither is believed
const LEAST = 3; // points to fit, below which nothing is fitted

// Nodes of a dimension: for the infinite mixture's training, for the exact log p(x), for one x in
// the hand and for the shades.
const NODES = {
  1: { training: 128, exact: 512, look: 512, shade: 160, hermite: 32 },
  2: { training: 48, exact: 112, look: 64, shade: 40, hermite: 9 },
};
const RULES = {};

function rules(d) {
  const { hermite, ...grids } = NODES[d];
  const found = Object.entries(grids).map(([name, count]) => [name, grid(d, count)]);
  return { ...Object.fromEntries(found), hermite: gaussHermite(d, hermite) };
}

export function rulesOf(d) {
  RULES[d] ??= rules(d);
  return RULES[d];
}

export const models = ({ d, width, prior }, random) => ({
  infinite: new InfiniteMixture({ d, width, prior }, random),
  vae: new Vae({ d, width, prior }, random),
  autoencoder: new Autoencoder({ d, width }, random),
});

export class Race {
  constructor(settings = {}) {
    this.settings = { ...START, ...settings };
    this.train = { x: new Float64Array(0), n: 0 };
    this.held = { x: new Float64Array(0), n: 0 };
    this.begin();
  }

  get ready() {
    return this.train.n >= LEAST;
  }

  // New networks, with weights from the seed; round 0.
  begin() {
    this.random = new Random(this.settings.seed);
    Object.assign(this, models(this.settings, this.random));
    this.round = 0;
    this.mixture = null;
    this.fitOnce();
  }

  // What needs no rounds, or has none yet: one Gaussian, and the mixture's start. EM does not find
  // back from a start on a few points, so one with twice as many is a new start.
  fitOnce() {
    if (!this.ready) return;
    const { x, n } = this.train;
    const { K, seed } = this.settings;
    this.one = new Mixture(1, x, n);
    if (this.mixture?.K === K && n < 2 * this.begunWith) return;
    this.mixture = new Mixture(K, x, n, new Random(seed));
    this.begunWith = n;
  }

  // coordinates: x₁, x₂ of each point; held: whether it is held out.
  setPoints(coordinates, held) {
    const split = (out) => {
      const rows = [...held.keys()].filter((i) => Boolean(held[i]) === out);
      const x = Float64Array.from(
        rows.flatMap((i) => [coordinates[2 * i], coordinates[2 * i + 1]]),
      );
      return { x, n: rows.length };
    };
    const wasReady = this.ready;
    [this.train, this.held] = [split(false), split(true)];
    if (!wasReady) this.mixture = null;
    this.fitOnce();
  }

  // Settings that change while it trains; new networks where they must be new.
  set(changed) {
    const anew = NETWORKS.some((name) => name in changed && changed[name] !== this.settings[name]);
    Object.assign(this.settings, changed);
    if (anew) this.begin();
    for (const model of [this.infinite, this.vae]) model.prior = this.settings.prior;
    this.fitOnce();
  }

  // One step of every model; `held` keeps the mixture as the hand has put it.
  step(keepMixture = false) {
    if (!this.ready) return;
    const { x, n } = this.train;
    const { d, rate, sigma, noise, kl, beta } = this.settings;
    if (!keepMixture) this.mixture.step(x, n);
    this.infinite.step(x, n, rulesOf(d).training, { rate, sigma });
    const epsilon = noise ? this.random.normals(n * d) : new Float64Array(n * d);
    this.vae.step(x, n, epsilon, { rate, sigma, beta: kl ? beta : 0 });
    this.autoencoder.step(x, n, { rate });
    this.round++;
  }

  // Nats a point, held out and trained on; KL(q‖p) of the held-out points and both sides' miss.
  measure() {
    if (!this.ready) return null;
    const { exact, hermite } = rulesOf(this.settings.d);
    const { train, held } = this;
    const lent = this.autoencoder.lend(train.x, train.n);
    const x = Float64Array.of(...train.x, ...held.x);
    const n = train.n + held.n;
    const all = {
      one: this.one.logProb(x, n),
      mixture: this.mixture.logProb(x, n),
      infinite: this.infinite.logProb(x, n, exact),
      vae: this.vae.logProb(x, n, exact),
      lent: lent.logProb(x, n, exact),
    };
    const nats = (from, to) => {
      const part = (logp) => mean(logp.subarray(from, to));
      return Object.fromEntries(Object.entries(all).map(([name, logp]) => [name, part(logp)]));
    };
    const numbers = {
      round: this.round,
      train: nats(0, train.n),
      held: held.n > 0 && nats(train.n, n),
    };
    numbers.miss = this.autoencoder.miss(train.x, train.n);
    numbers.sigma = [this.infinite, this.vae].map(({ logvar }) => Math.exp(logvar[0] / 2));
    if (held.n > 0) {
      const { bound, kl } = this.vae.bound(held.x, held.n, hermite);
      numbers.held.bound = mean(bound);
      numbers.kl = mean(kl);
    }
    numbers.unresolved = this.unresolved(lent, numbers.held);
    return numbers;
  }

  // With two dimensions a Gaussian may be finer than the grid: whether a coarser one says otherwise.
  unresolved(lent, held) {
    if (this.settings.d === 1 || !held) return {};
    const { look } = rulesOf(2);
    const { x, n } = this.held;
    const rough = (model, nats) => Math.abs(mean(model.logProb(x, n, look)) - nats) > ROUGH;
    return {
      infinite: rough(this.infinite, held.infinite),
      vae: rough(this.vae, held.vae),
      lent: rough(lent, held.lent),
    };
  }

  // The gap log p(x) − L of the held-out points in two: what no Gaussian q could close, and what
  // this encoder leaves besides.
  splitGap() {
    const { x, n } = this.held;
    if (!this.ready || n === 0) return null;
    const { exact, hermite } = rulesOf(this.settings.d);
    const best = this.vae.bestQ(x, n, hermite);
    const top = mean(this.vae.logProb(x, n, exact));
    const reached = mean(this.vae.bound(x, n, hermite, best).bound);
    return { shape: top - reached, encoder: reached - mean(this.vae.bound(x, n, hermite).bound) };
  }

  // What drawing needs: copies of all weights.
  weights() {
    const copy = (...arrays) => arrays.map((array) => array.slice());
    return {
      mixture: this.mixture.copy(),
      one: this.one.copy(),
      infinite: copy(this.infinite.decoder.theta, this.infinite.logvar),
      vae: copy(this.vae.decoder.theta, this.vae.logvar, this.vae.encoder.theta),
      autoencoder: copy(this.autoencoder.decoder.theta, this.autoencoder.encoder.theta),
    };
  }

  // What going on needs besides: Adam's averages.
  memory() {
    const adams = this.adams().map(({ m, v, t }) => ({ m: m.slice(), v: v.slice(), t }));
    return { round: this.round, weights: this.weights(), adams };
  }

  restore({ round, weights, adams }) {
    this.round = round;
    setWeights(this, weights);
    this.adams().forEach((adam, i) => {
      adam.m.set(adams[i].m);
      adam.v.set(adams[i].v);
      adam.t = adams[i].t;
    });
    this.fitOnce();
  }

  adams() {
    const { infinite, vae, autoencoder } = this;
    return [
      infinite.adam, infinite.adamLogvar, vae.adam, vae.adamLogvar, vae.adamEncoder,
      autoencoder.adam, autoencoder.adamEncoder,
    ]; // prettier-ignore
  }
}

// Put copied weights into a race's models, or into those that a page draws.
export function setWeights(race, { mixture, one, infinite, vae, autoencoder }) {
  const put = (targets, arrays) => targets.forEach((target, i) => target.set(arrays[i]));
  race.mixture = Mixture.of(mixture);
  race.one = Mixture.of(one);
  put([race.infinite.decoder.theta, race.infinite.logvar], infinite);
  put([race.vae.decoder.theta, race.vae.logvar, race.vae.encoder.theta], vae);
  put([race.autoencoder.decoder.theta, race.autoencoder.encoder.theta], autoencoder);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
