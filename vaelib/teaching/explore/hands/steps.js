// What the hand can do in "Step EM".

import { HALF_STEPS } from "../em.js";

const LAST = HALF_STEPS - 1;
const TONES = ["blue", "accent", "green"];
const MOVED = [1, 2, 3].flatMap((k) => [`right${k}`, `up${k}`]);

// Where a mean starts, or the end of its string.
function start(p, a, k) {
  const [x, y] = a[`string${k}`].data.slice(2);
  const [right, up] = [`right${k}`, `up${k}`];
  return {
    id: `start${k}`,
    panel: "plane",
    label: `where the mean of k = ${k} starts`,
    tone: TONES[k - 1],
    moves: [right, up],
    at: [x, y],
    to: ([u, v]) => ({ [right]: p[right] + u - x, [up]: p[up] + v - y }),
  };
}

export const grips = (p, a) => [
  ...[1, 2, 3].filter((k) => k <= Number(p.k)).map((k) => start(p, a, k)),
  {
    id: "step",
    panel: "near",
    label: "half-step",
    moves: ["step", null],
    at: Array.from(a.here.data),
    to: ([x]) => ({ step: x - 0.5 }),
    anywhere: true,
  },
];

// An E-step is due at odd half-steps, an M-step at even ones; another one of the same would change
// nothing.
const half = (odd) => (p) => (p.step % 2 === odd && p.step < LAST ? { step: p.step + 1 } : null);

export const buttons = [
  { label: "E-step", to: half(1) },
  { label: "M-step", to: half(0) },
  {
    label: "Other starts",
    to: (p, random) => ({
      step: 0,
      ...Object.fromEntries(MOVED.map((name) => [name, 4 * random() - 2])),
    }),
  },
];

// How far log p(x) was below the best top after each half-step until now.
const below = ({ data }) => Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 1]);

const wakes = (gaps) => {
  const rises = gaps.slice(1).map((gap, i) => gaps[i] - gap); // the first is an M-step's
  const first = rises.findIndex((rise) => rise >= 0.1) + 1;
  return first >= 9 && gaps.length - 1 - first <= 1;
};

export const challenges = [
  {
    id: "steps-wakes",
    say:
      "From almost alike: stop where EM wakes up, at the first M-step that gains 0.1 nats " +
      "or more.",
    guess: [
      "The last ten half-steps gained under 0.05 nats. Is EM nearly done?",
      ["yes", "no"],
      "no",
    ],
    done: ({ p, a }) => p.start === "almost alike" && wakes(below(a.gap)),
    why:
      "Gaussians that are alike share all points alike and move alike. What differs grows from " +
      "step to step, until they part: a small gain is no sign of the top.",
  },
  {
    id: "steps-stuck",
    say: "Climb for 40 half-steps, each uphill, and still end 0.3 nats below the best top.",
    guess: [
      "Does EM reach the best top from every start?",
      ["yes, it never goes down", "no, although it never goes down"],
      "no, although it never goes down",
    ],
    done: ({ p, a }) => p.step === LAST && below(a.gap).at(-1) >= 0.3,
    why:
      "EM rests wherever neither half gains, and there are many such places. Never going down " +
      "does not lead to the highest one.",
  },
  {
    id: "steps-free",
    say:
      "Free the unlucky: K = 3, unlucky points. Drag one of the three starts, no more, and be " +
      "within 0.02 nats of the top after 40 half-steps.",
    guess: [
      "Must you put it where its Gaussian has to end?",
      ["yes, nearly", "no, the right side is enough"],
      "no, the right side is enough",
    ],
    done: ({ p, a }) => {
      const moved = [1, 2, 3].filter((k) => p[`right${k}`] || p[`up${k}`]);
      const own = p.k === "3" && p.start === "unlucky points" && moved.length === 1;
      return own && p.step === LAST && below(a.gap).at(-1) <= 0.02;
    },
    why:
      "All starts that lead to one top make its basin, and basins are wide. What matters is on " +
      "which side of a border one begins: near it, a hair's breadth decides.",
  },
];

export const ghost = [{ step: 30 }];
