// What the hand can do in "Balance the bound".

import { klOf } from "../balance.js";
import { rounded } from "../words.js";

// Where q waits for a new x: near its posterior, not on it.
const NEAR = {
  "two peaks": { mean: 1.2, width: 0.507 },
  "one peak": { mean: 1.6, width: 0.507 },
  lopsided: { mean: -1.6, width: 0.507 },
};

// The knobs' places as whole numbers, and back: means 0.05 apart, widths by a factor.
const FACTOR = (2.4 / 0.13) ** (1 / 120);
const places = ({ mean, width }) =>
  [20 * mean, Math.log(width / 0.13) / Math.log(FACTOR)].map(Math.round);
const knobs = (m, s) => ({ mean: m / 20, width: Number((0.13 * FACTOR ** s).toFixed(3)) });

// The density at the top of a Gaussian of that width, or the width for a density: one formula.
const peak = (std) => 1 / (std * Math.sqrt(2 * Math.PI));

const lost = (a) => a.lost.data[2] - a.lost.data[1]; // the KL, in nats

// The best Gaussian's mean and width, as its bell has them: 81 points from −4 to 4 widths.
const best = ({ best: { data } }) => [data[80], (data[160] - data[0]) / 8];

export function grips({ mean, width }, a) {
  const side = mean > 0 ? -1 : 1; // its side towards the middle is in the picture
  return [
    {
      id: "top",
      panel: "line",
      label: "q by its top",
      moves: ["mean", "width"],
      mirrored: "width",
      at: [mean, peak(width)],
      to: ([z, density]) => ({ mean: z, width: peak(Math.max(density, 0.1)) }),
      anywhere: true,
      tone: "blue",
    },
    {
      id: "side",
      panel: "line",
      label: "q by its side",
      moves: ["width", null],
      at: [mean + side * width, Math.exp(-0.5) * peak(width)],
      to: ([z]) => ({ width: Math.abs(z - mean) }),
      tone: "blue",
    },
    {
      id: "level",
      panel: "glass",
      label: "the mean of q",
      moves: ["mean", null],
      at: [mean, -lost(a)],
      anywhere: true,
      tone: "blue",
    },
  ];
}

// The three points are where the plane has its rings.
export function tap(panel, [x1, x2], p, { others }) {
  if (panel !== "plane") return null;
  const names = Object.keys(NEAR);
  const far = names.map((_, i) => Math.hypot(others.data[2 * i] - x1, others.data[2 * i + 1] - x2));
  const nearest = far.indexOf(Math.min(...far));
  return far[nearest] < 0.6 ? { point: names[nearest] } : null;
}

export const ghost = [{ mean: -2.65, width: 0.2 }];

export const along = ({ point }) => NEAR[point];

// This q and those at most a step of each knob away.
function around(p) {
  const [m, s] = places(p);
  const near = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [m + i, s + j]));
  return near.filter(([i, j]) => Math.abs(i) <= 80 && j >= 0 && j <= 120).map((at) => knobs(...at));
}

// L climbs: to the best q around, until that is the one which is there.
export const run = {
  label: "let L climb",
  next: (p, a) => {
    const kl = (q) => klOf({ point: p.point, ...q }, a);
    const all = around(p).map((q) => [kl(q), q]);
    const [least, q] = all.reduce((best, one) => (one[0] < best[0] ? one : best));
    return least < kl(p) - 1e-9 ? q : null;
  },
  again: ({ point }) => NEAR[point],
  pause: 80,
};

// What was visited: q on each of the two peaks, and half a nat lost on either side of the best.
export function remember(seen, { p, a }) {
  const kl = lost(a);
  const [mean, width] = best(a);
  const two = p.point === "two peaks";
  const half = p.point === "lopsided" && Math.abs(p.mean - mean) < 0.1 && Math.abs(kl - 0.5) < 0.1;
  return {
    left: seen.left || (two && p.mean < 0 && kl < 1),
    right: seen.right || (two && p.mean > 0 && kl < 0.6),
    narrow: seen.narrow || (half && p.width < width),
    wide: seen.wide || (half && p.width > width),
  };
}

const loss = (a) => `${rounded(lost(a), 2)} nats lost`;
const yes = (done) => (done ? "✓" : "open");

export const challenges = [
  {
    id: "balance-peaks",
    say:
      "Two peaks. Put q on the left one and lose less than 1 nat; then on the right one, and lose " +
      "less than 0.6.",
    guess: [
      "The right one holds six tenths of the posterior. What will q lose on it?",
      ["nothing", "half a nat", "60 nats"],
      "half a nat",
    ],
    near: ({ a, seen }) => `${loss(a)}; left ${yes(seen.left)}, right ${yes(seen.right)}`,
    done: ({ seen }) => Boolean(seen.left && seen.right),
    why:
      "On one peak q loses −log of what that peak holds: −log 0.4 = 0.92 nats on the left, " +
      "−log 0.6 = 0.51 on the right. With only a tenth of q on the other peak it loses more than " +
      "40: KL(q ‖ p(z|x)) asks only where q stands, and the middle is empty.",
  },
  {
    id: "balance-half",
    say:
      "The lopsided x: lose half a nat (0.4 to 0.6) twice, with q in the right place but too " +
      "narrow, and with q too wide.",
    guess: [
      "Which way can you go by the larger factor?",
      ["narrower", "wider", "by the same"],
      "narrower",
    ],
    near: ({ a, seen }) => `${loss(a)}; too narrow ${yes(seen.narrow)}, too wide ${yes(seen.wide)}`,
    done: ({ seen }) => Boolean(seen.narrow && seen.wide),
    why:
      "About 1.7 times narrower, but only 1.4 times wider. A wide q stands where the posterior has " +
      "almost nothing, and its logarithm makes that dear.",
  },
  {
    id: "balance-network",
    say: "Beat the network: for “one peak” its q loses 2 nats. Lose less than 0.05.",
    guess: ["What must change?", ["its mean", "its width", "both"], "both"],
    near: ({ p, a }) => `${loss(a)} for “${p.point}”`,
    done: ({ p, a }) => p.point === "one peak" && lost(a) < 0.05,
    why:
      "One network guesses q for every x, and here it guesses badly: the amortisation gap. The " +
      "0.02 nats that no Gaussian gets are the approximation gap.",
  },
];
