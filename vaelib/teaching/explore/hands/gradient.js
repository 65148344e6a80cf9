// What the hand can do in "The gradient's two estimators".

import { ALL, BELL, FLOOR, MEAN, ONE, UP } from "../gradient.js";
import { COUNTS, CURVES, exact, RUNS } from "../two_estimators.js";

const END = -3.1; // of the curve, where a hand pulls it into another

const pulled = ([, y]) => {
  const off = ([height]) => Math.abs(height(END) - y);
  const [[f]] = Object.entries(CURVES).sort(([, a], [, b]) => off(a) - off(b));
  return { f };
};

// So many draws bring the standard error down to that.
const drawsFor = (p, error) => ({ count: (exact(p).score / Math.max(Math.abs(error), 1e-3)) ** 2 });

const baseline = (p) => ({
  id: "b",
  panel: "line",
  label: "the baseline",
  tone: "orange",
  moves: [null, "b"],
  at: [3.1, p.b],
});

const standardError = (p, a) => ({
  id: "count",
  panel: "runs",
  label: "the standard error by height",
  moves: ["count", null],
  mirrored: true,
  at: [a.within_score.data[3], UP + RUNS / 2],
  to: ([x]) => drawsFor(p, x - a.gradient.data[0]),
  tone: "blue",
});

export const grips = (p, a) => [
  {
    id: "m",
    panel: "line",
    label: "q",
    tone: "pink",
    moves: ["m", null],
    at: [p.m, FLOOR + BELL],
    anywhere: true,
  },
  {
    id: "std",
    panel: "line",
    label: "flank of q",
    tone: "pink",
    moves: ["std", null],
    at: [p.m + p.std, FLOOR + BELL * Math.exp(-0.5)],
    to: ([x]) => ({ std: Math.abs(x - p.m) }),
  },
  {
    id: "f",
    panel: "line",
    label: "the end of the curve",
    moves: [null, "f", "b"], // by number where the baseline has no grip
    at: [END, CURVES[p.f][0](END)],
    to: pulled,
  },
  {
    id: "run",
    panel: "runs",
    label: "the run shown",
    moves: [null, "run", "count"],
    at: a.this.data.slice(0, 2),
    to: ([, y]) => ({ run: y > UP ? y - UP : y }),
    anywhere: true,
    tone: "blue",
  },
  ...(p.show === ONE ? [] : [baseline(p)]),
  ...(p.show === ALL ? [standardError(p, a)] : []),
];

// So many heights scatter as little as one slope; none where slopes say nothing.
function worth(p) {
  const { score, path } = exact(p);
  return path > 1e-9 ? (score / path) ** 2 : NaN;
}

export const challenges = [
  {
    id: "gradient-flip",
    say:
      "Turn the tables. Show all runs, and find a place where one height is worth seven slopes or " +
      "more: the green runs are far apart, the blue ones are not. All of m, √v and b matter.",
    guess: [
      "Where does a height say more than a slope?",
      ["nowhere", "where f ripples", "where f is steep"],
      "where f ripples",
    ],
    done: ({ p }) => p.show === ALL && worth(p) <= 1 / 7,
    why:
      "Small ripples hardly change how high a draw stands, but their slopes are steep and point " +
      "both ways. b near the mean of f keeps the heights calm. Slopes win where f bends little.",
  },
  {
    id: "gradient-blind",
    say:
      "Sure, and wrong. Find a place where all slopes agree, and all miss the exact gradient by " +
      "more than 1.",
    guess: [
      "On which f does the slope know nothing of the way up?",
      ["a step", "flat ground", "a hill"],
      "a step",
    ],
    done: ({ p }) => {
      const { gradient, bySlope, path } = exact(p);
      return path < 1e-9 && Math.abs(gradient - bySlope) > 1;
    },
    why:
      "Wherever a draw falls, the step is flat, and its slope is 0. On flat ground the same 0 is " +
      "right: how little an estimate scatters does not say that it is true.",
  },
  {
    id: "gradient-baseline",
    say:
      "Help the loser. On the hill, with the gradient by m, let fewer than 1.6 heights scatter as " +
      "little as one slope.",
    guess: [
      "Which constant b is the best, for q on the top of the hill?",
      ["the mean of f", "a lower one", "a higher one"],
      "a lower one",
    ],
    done: ({ p }) => p.f === "a hill" && p.by === "m" && worth(p) < 1.6,
    why:
      "On the top it takes 3.75 heights with b = 0, 2.5 with the mean of f, −½ v, 1.5 with −1.5 v. " +
      "Draws far from m count most, and there f is lower than on average.",
  },
];

const curve = (f) => ({ label: `f: ${f}`, to: (p) => (p.f === f ? null : { f }) });
const GRID = 0.05; // of b

export const buttons = [
  ...Object.keys(CURVES).map(curve),
  { label: "New draws", to: (p, random) => ({ run: 1 + Math.floor(RUNS * random()) }) },
  {
    label: "b = mean of f",
    to: (p) => {
      const b = exact(p).meanF;
      const show = p.show === ONE ? MEAN : p.show;
      return show === p.show && Math.abs(b - p.b) <= GRID / 2 ? null : { b, show };
    },
  },
];

// More and more draws, of all runs.
export const run = {
  label: "more draws K",
  next: ({ show, count }) => {
    const more = COUNTS.find((k) => k > count);
    return show === ALL && more ? { count: more } : null;
  },
  again: () => ({ show: ALL, count: COUNTS[0] }),
  pause: 400,
};

export const ghost = [{ m: 0.4 }, { m: -0.8 }];
