// What the hand can do in "Walk the code".

import { pairs, WALKS } from "../walk.js";
import { rounded } from "../words.js";

const STEPS = 8; // of the walk
const FRAMES = 64; // of the same walk, played
const REACH = 0.08; // a press so near to a code means that code

export const grips = (p) => [
  {
    id: "z",
    panel: "plane",
    label: "the code z",
    moves: ["z1", "z2"],
    at: [p.z1, p.z2],
    anywhere: true,
    tone: "pink",
  },
  {
    id: "curtain",
    panel: "plane",
    label: "the curtain",
    moves: ["curtain", null],
    at: [p.curtain, 2.08],
    tone: "green",
  },
];

// Of the codes that are shown, the one under the finger.
export function tap(panel, [x, y], p, a) {
  if (panel !== "plane") return null;
  const far = ([z1, z2]) => Math.hypot(z1 - x, z2 - y);
  const codes = [...pairs(a.ae_codes), ...pairs(a.vae_codes)];
  const nearest = codes.reduce((best, code) => (far(code) < far(best) ? code : best), [9, 9]);
  return far(nearest) < REACH ? { z1: nearest[0], z2: nearest[1] } : null;
}

// The place after a share of the walk.
function station(seen, share) {
  const [half, full] = WALKS[seen];
  const [z1, z2] = half.map((value, i) => value + share * (full[i] - value));
  return { z1, z2 };
}

// The next of n stations, or, off the walk and at its end, none.
function next({ seen, z1, z2 }, n) {
  const stations = Array.from({ length: n + 1 }, (_, k) => station(seen, k / n));
  const here = stations.findLastIndex((at) => Math.hypot(at.z1 - z1, at.z2 - z2) < 0.02);
  return here < 0 ? null : (stations[here + 1] ?? null);
}

// One step on, or, off the walk and at its end, to the half moon.
export const step = (p) => next(p, STEPS) ?? station(p.seen, 0);

// As the sliders have it.
const onGrid = (at) => at && { z1: Math.round(50 * at.z1) / 50, z2: Math.round(50 * at.z2) / 50 };

export const run = {
  label: "half to full moon",
  next: (p) => onGrid(next(p, FRAMES)),
  again: (p) => onGrid(station(p.seen, 0)),
  pause: 80,
};

export const buttons = [{ label: "A step from half to full moon", to: step }];

export const ghost = [{ z1: 1, z2: -1.9 }, { curtain: 1.2 }, { curtain: -1 }];

const farFrom = ({ p, a: { distances } }) => {
  if (p.seen !== "all waxing phases") return "trained on two phases only";
  const [ae, vae] = [...distances.data].map((far) => rounded(far, 3));
  return `autoencoder ${ae}, VAE ${vae}`;
};

function offMiddle({ seen, z1, z2 }) {
  const middle = station(seen, 0.5);
  return Math.hypot(z1 - middle.z1, z2 - middle.z2);
}

export const challenges = [
  {
    id: "walk-beyond",
    say:
      "Find a place where the autoencoder is worse than a blend of two moons (0.19), while the " +
      "VAE is within 0.05 of a moon.",
    guess: [
      "Where does a network stop drawing moons?",
      ["where it has no dots", "far from (0, 0)", "nowhere"],
      "where it has no dots",
    ],
    near: farFrom,
    done: ({ p, a: { distances } }) => {
      const [ae, vae, average] = distances.data;
      return p.seen === "all waxing phases" && ae > average && vae < 0.05;
    },
    why:
      "A network draws moons near its dots. The VAE's come close to this place; the autoencoder " +
      "has left it empty, and nobody asked it what to draw there.",
  },
  {
    id: "walk-fair",
    say:
      "Be fair: find a place where the VAE is twice as far from a moon as the autoencoder, and " +
      "more than 0.05 from one. Try among the autoencoder's dots where the VAE has none.",
    guess: [
      "On how much of this plane is the autoencoder the nearer one?",
      ["nowhere", "about a sixth", "about half"],
      "about a sixth",
    ],
    near: farFrom,
    done: ({ p, a: { distances } }) => {
      const [ae, vae] = distances.data;
      return p.seen === "all waxing phases" && vae > 2 * ae && vae > 0.05;
    },
    why:
      "On about a sixth of this plane the autoencoder is the nearer one. Where it has no dots a " +
      "VAE only guesses, too; but it leaves less of the plane without them.",
  },
  {
    id: "walk-between",
    say: "Now both are trained on half and full moons only. Stop half-way from half to full.",
    guess: [
      "What will they draw there?",
      ["a moon in between", "a moon half grey", "nothing"],
      "a moon half grey",
    ],
    near: ({ p }) =>
      p.seen === "all waxing phases"
        ? "trained on all phases"
        : `${rounded(offMiddle(p), 2)} from half-way, wanted less than 0.12`,
    done: ({ p }) => {
      return p.seen !== "all waxing phases" && offMiddle(p) < 0.12;
    },
    why:
      "Nobody asked for what lies between, and both fill it with something like the average. " +
      "Nowhere on this plane does either come within 0.1 of a moon between the two.",
  },
];
