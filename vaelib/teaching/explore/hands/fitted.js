// What the hand can do in "Fit the infinite mixture".

import { rounded } from "../words.js";

const CUT = 2.5; // of the line's densities

const steps = ({ run }) => run.data.filter((_, i) => i % 2 === 0);
const below = ({ run }) => run.data.filter((_, i) => i % 2 === 1);
const moment = (a) => steps(a).indexOf(a.now.data[0]);

// The place on the curve that z owns, between its 101 points from −2.5 to 2.5.
function placeOf(z, { data }) {
  const along = Math.max(0, Math.min(99.999, 20 * (z + 2.5)));
  const i = Math.floor(along);
  return [0, 1].map((k) => {
    const [from, to] = [data[2 * i + k], data[2 * i + 2 + k]];
    return from + (along - i) * (to - from);
  });
}

function owned(z, { curve }) {
  const [x1, x2] = placeOf(z, curve);
  return { x1, x2 };
}

// The posterior's top, or a place half-way up where the panel cuts it.
function summit({ data }) {
  let best = 0;
  for (let i = 0; i < data.length; i += 2) if (data[i + 1] > data[best + 1]) best = i;
  return [data[best], data[best + 1] > CUT ? CUT / 2 : data[best + 1]];
}

export const grips = (p, a) => [
  {
    id: "x",
    panel: "plane",
    label: "the point x",
    moves: ["x1", "x2"],
    at: [p.x1, p.x2],
    anywhere: true,
  },
  {
    id: "z",
    panel: "line",
    label: "the likeliest z: x goes to its place on the curve",
    tone: "green",
    moves: ["x1", "x2"],
    at: summit(a.posterior),
    to: ([z]) => owned(z, a),
    keys: ([by]) => owned(summit(a.posterior)[0] + 0.1 * by, a),
    anywhere: true,
  },
  {
    id: "step",
    panel: "climb",
    label: "the training step",
    tone: "accent",
    moves: ["step", null],
    at: [...a.now.data],
    anywhere: true,
  },
];

export const time = true;

export const ghost = [{ x2: 0.5 }, { x2: -0.5 }];

// Whether this is the run's first moment within 0.2 nats of the truth.
function arrives(a) {
  const [nats, i] = [below(a), moment(a)];
  return nats[i] < 0.2 && nats.slice(0, i).every((value) => value >= 0.2);
}

export const remember = (seen, { p, a }) => (arrives(a) ? { ...seen, [p.start]: true } : seen);

const toRidge = ({ x1, x2 }, { ridge: { data } }) => {
  let least = Infinity;
  for (let i = 0; i < data.length; i += 2) {
    least = Math.min(least, Math.hypot(data[i] - x1, data[i + 1] - x2));
  }
  return Math.min(least, 9);
};

export const challenges = [
  {
    id: "fitted-hollow",
    say:
      "Two answers again, deep in the hollow: with the curve learnt (step 600), bring x within " +
      "1.5 of (0, 0) and onto the ridge, where the threads part; arrow keys move it by 0.02.",
    guess: [
      "Two z share such an x. Is it likely, then?",
      ["likelier than with one z", "as likely as on the curve", "most unlikely"],
      "most unlikely",
    ],
    near({ p, a }) {
      const out = rounded(Math.hypot(p.x1, p.x2), 1);
      return `${out} from (0, 0), ${rounded(toRidge(p, a), 2)} from the ridge`;
    },
    done: ({ p, a }) => p.step === 600 && Math.hypot(p.x1, p.x2) < 1.5 && a.peaks.shape[0] >= 2,
    why:
      "A posterior says which z is the best on offer, not that any of them is good. A little to " +
      "one side decides between the two; near (0, 0) even three share x.",
  },
  {
    id: "fitted-worse",
    say:
      "Learning is not downhill all the way. Find a moment at which the held-out points got " +
      "worse than at the moment before.",
    guess: [
      "Of the 24 moments after the start, how many are worse, from the best start?",
      ["none", "six", "twenty"],
      "six",
    ],
    near: ({ a }) => `moment ${moment(a)}, ${rounded(below(a)[moment(a)], 2)} nats lost`,
    done: ({ a }) => {
      const [nats, i] = [below(a), moment(a)];
      return i > 0 && nats[i] > nats[i - 1];
    },
    why:
      "Each step looks at 100 of the points and is long enough to overshoot. From the best start " +
      "the moments 10, 14, 90, 200, 350 and 500 are worse than the ones before.",
  },
  {
    id: "fitted-twice",
    say:
      "Two beginnings. From the best start, stop at the first moment at most 0.2 nats below the " +
      "density that made the points; then do the same from the worst.",
    guess: [
      "How many times as many steps does the worst start take?",
      ["as many", "nearly three times", "ten times"],
      "nearly three times",
    ],
    near: ({ p, a }) => `${rounded(below(a)[moment(a)], 2)} nats lost at step ${p.step}`,
    done: ({ seen }) => seen["best at step 200"] && seen["worst at step 200"],
    why:
      "110 steps against 300. Up to step 160 the worst start lies straight across the hollow, " +
      "with Gaussians tall enough for both arms; then it bends, and ends on the crescent, too.",
  },
];
