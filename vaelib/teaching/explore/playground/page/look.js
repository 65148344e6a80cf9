// What the page computes itself from the weights that the trainer posts: the models as they are
// drawn, and what they say about one x.

import { models, rulesOf, setWeights } from "../engine/race.js";

const THREADS = 24;

export class Look {
  constructor() {
    this.codes = { infinite: [], vae: [], autoencoder: [] };
  }

  // A frame of the trainer: the same models with its weights. Whether they are other models, which
  // hold nothing of the training points yet.
  take({ d, width, prior, weights }) {
    const anew = this.d !== d || this.width !== width;
    if (anew)
      Object.assign(this, { d, width }, models({ d, width, prior }, { uniform: () => 0.5 }));
    this.infinite.prior = this.vae.prior = prior;
    this.prior = prior;
    setWeights(this, weights);
    this.rules = rulesOf(d);
    return anew;
  }

  // What hangs on the training points: the lent density, and all codes, ζ each.
  takeCodes(train) {
    for (const key of ["vae", "autoencoder"]) this.takeCodesOf(key, train);
  }

  takeCodesOf(key, { x, n }) {
    if (key === "vae") this.codes.vae = this.vae.encode(x, n).m;
    if (key !== "autoencoder") return;
    const codes = this.autoencoder.encoder.forward(x, n);
    this.lent = this.autoencoder.lend(x, n, codes);
    this.codes.autoencoder = this.lent.unbend(codes);
  }

  model(key) {
    return key === "autoencoder" ? this.lent : this[key];
  }

  logProb(key) {
    if (key === "mixture") return (x, n) => this.mixture.logProb(x, n);
    return (x, n) => this.model(key).logProb(x, n, this.rules.shade);
  }

  // Where z stands on the plane.
  place(key, zeta) {
    return Array.from(this.model(key).decode(Float64Array.from(zeta), 1));
  }

  // The ζ whose place lies nearest to a point of the plane.
  nearest(key, [x1, x2]) {
    const { nodes, J } = this.rules.look;
    const mu = this.model(key).decode(nodes, J);
    let [best, least] = [0, Infinity];
    for (let j = 0; j < J; j++) {
      const far = (mu[2 * j] - x1) ** 2 + (mu[2 * j + 1] - x2) ** 2;
      if (far < least) [best, least] = [j, far];
    }
    return Array.from(nodes.subarray(best * this.d, (best + 1) * this.d));
  }

  // {logp, places, …} of one x in each picture.
  at(x, bent) {
    const keys = ["mixture", "infinite", "vae", "autoencoder"];
    return Object.fromEntries(keys.map((key) => [key, this.atIn(key, x, bent)]));
  }

  atIn(key, [x1, x2], bent) {
    const x = Float64Array.of(x1, x2);
    if (key === "mixture") {
      const shares = new Float64Array(this.mixture.K);
      const [logp] = this.mixture.logProb(x, 1, shares);
      const places = this.mixture.means.map((place, k) => ({ place, share: shares[k] }));
      return { logp, shares, places };
    }
    if (key === "autoencoder") {
      const code = this.autoencoder.encoder.forward(x, 1);
      const rebuilt = Array.from(this.autoencoder.decoder.forward(code, 1));
      const miss = Math.hypot(rebuilt[0] - x1, rebuilt[1] - x2);
      return { miss, places: [{ place: rebuilt, share: 1 }], code: this.lent.unbend(code) };
    }
    const found = this.owners(key, x);
    if (key === "infinite") return found;
    const q = bent ?? this.vae.encode(x, 1);
    const [bound] = this.vae.bound(x, 1, this.rules.hermite, q).bound;
    return { ...found, q, bound };
  }

  owners(key, x) {
    const rule = this.rules.look;
    const model = this[key];
    const { shares, logp } = model.posterior(x[0], x[1], rule);
    return {
      logp,
      shares,
      places: this.gather(key, shares),
      peaks: this.d === 1 ? peaks(shares) : 1,
    };
  }

  // Neighbouring nodes together, so that a few threads say it all.
  gather(key, shares) {
    const { nodes, J } = this.rules.look;
    const { d } = this;
    const bins = new Map();
    for (let j = 0; j < J; j++) {
      const name = Array.from({ length: d }, (_, c) =>
        Math.floor((nodes[j * d + c] / 9) * THREADS),
      ).join();
      if (!bins.has(name)) bins.set(name, { share: 0, zeta: Array(d).fill(0) });
      const bin = bins.get(name);
      bin.share += shares[j];
      for (let c = 0; c < d; c++) bin.zeta[c] += shares[j] * nodes[j * d + c];
    }
    const found = [...bins.values()].filter(({ share }) => share > 0.02);
    return found.map(({ share, zeta }) => ({
      share,
      place: this.place(
        key,
        zeta.map((sum) => sum / share),
      ),
    }));
  }
}

// How many tops a posterior on a line has: each at least a quarter of the highest, and between two
// it falls under half of the lower.
export function peaks(shares) {
  const top = shares.reduce((a, b) => Math.max(a, b));
  let [count, valley, last] = [0, Infinity, 0];
  for (let j = 1; j < shares.length - 1; j++) {
    valley = Math.min(valley, shares[j]);
    const isTop = shares[j] >= shares[j - 1] && shares[j] > shares[j + 1] && shares[j] >= top / 4;
    if (!isTop) continue;
    if (count === 0 || valley < 0.5 * Math.min(last, shares[j])) count++;
    else if (shares[j] < last) continue;
    [last, valley] = [shares[j], Infinity];
  }
  return count;
}
