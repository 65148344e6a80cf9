// What the hand can do in "Step EM".

import { HALF_STEPS } from "../em.js";

const LAST = HALF_STEPS - 1;
const TONES = ["blue", "accent", "green"];
const MOVED = [1, 2, 3].flatMap((k) => [`right${k}`, `up${k}`]);

const held = (p) => [1, 2, 3].filter((k) => k <= Number(p.k));

// EM begins anew where all Gaussians are now.
function here(p, a) {
  const starts = held(p).map((k) => {
    const [x0, y0] = a[`way${k}`].data;
    const [x, y] = a[`centre${k}`].data;
    return { [`right${k}`]: p[`right${k}`] + x - x0, [`up${k}`]: p[`up${k}`] + y - y0 };
  });
  return Object.assign({ step: 0 }, ...starts);
}

// A mean, or the end of its string: who throws it begins anew, with the others where they are.
function mean(p, a, k) {
  const [x, y] = a[`string${k}`].data.slice(2);
  const [right, up] = [`right${k}`, `up${k}`];
  const to = ([u, v]) => {
    const now = here(p, a);
    return { ...now, [right]: now[right] + u - x, [up]: now[up] + v - y };
  };
  return {
    id: `start${k}`,
    panel: "plane",
    label: `the mean of k = ${k}`,
    tone: TONES[k - 1],
    moves: [right, up],
    at: [x, y],
    to,
    keys: ([i, j]) => to([x + i / 20, y + j / 20]),
  };
}

export const grips = (p, a) => [
  ...held(p).map((k) => mean(p, a, k)),
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

const moves = (to) => Object.fromEntries(MOVED.map((name) => [name, to(name)]));
const unmoved = (p) => MOVED.every((name) => p[name] === 0);

// From the first points, which lie to the right, to anywhere in the picture.
const anywhere = (random) => moves((name) => 5 * random() - (name.startsWith("right") ? 4 : 3.5));

// A new start or K begins from where it says, at its first half-step.
export function along(changed) {
  if (changed.start === "random") return { step: 0, ...anywhere(Math.random) };
  return changed.start || changed.k ? { step: 0, ...moves(() => 0) } : {};
}

// An E-step is due at odd half-steps, an M-step at even ones; another one of the same would change
// nothing.
const half = (odd) => (p) => (p.step % 2 === odd && p.step < LAST ? { step: p.step + 1 } : null);

export const buttons = [
  { label: "E-step", to: half(1) },
  { label: "M-step", to: half(0) },
  {
    label: "Other starts",
    to: (p, random) => ({ start: "random", step: 0, ...anywhere(random) }),
  },
];

// How far log p(x) was below the best result after each half-step until now.
const below = ({ data }) => Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 1]);

// The last M-step gained less than half of the one before; that one gains more than 0.1 nats, and a
// later one, too.
function rests({ gap, run }) {
  const gaps = below(run);
  const gains = (step) => gaps[step - 1] - gaps[step];
  const now = below(gap).length - 1;
  const last = now % 2 ? now : now - 1; // an E-step changes no log p(x)
  if (last < 3) return false;
  const later = gaps.map((_, step) => step).filter((step) => step > last && step % 2);
  const slower = gains(last - 2) > 0.1 && gains(last) < gains(last - 2) / 2;
  return slower && later.some((step) => gains(step) > 0.1);
}

export const challenges = [
  {
    id: "steps-rests",
    say:
      "From almost alike, none of the three moved, EM races, rests, and races again. Stop where " +
      "it rests, at the M-step that gains least between two that gain more than 0.1 nats.",
    guess: [
      "An M-step gains 0.11 nats, the next one 0.04. Is EM nearly done?",
      ["yes", "no"],
      "no",
    ],
    done: ({ p, a }) => p.start === "almost alike" && p.k === "3" && unmoved(p) && rests(a),
    why:
      "Two Gaussians have parted and hold the arc's two ends; the third, between them, has yet to " +
      "find its own points. A small gain is no sign of the end.",
  },
  {
    id: "steps-stuck",
    say: "Climb for 40 half-steps, each uphill, and still end 0.3 nats below the best result.",
    guess: [
      "Does EM reach the best result from every start?",
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
      "Free the unlucky: K = 3, unlucky points, at half-step 0. Throw one of the three, no more, " +
      "and be within 0.02 nats of the best result after 40 half-steps.",
    guess: [
      "Must you put it where its Gaussian has to end?",
      ["yes, nearly", "no, places far from there do, too"],
      "no, places far from there do, too",
    ],
    done: ({ p, a }) => {
      const moved = [1, 2, 3].filter((k) => p[`right${k}`] || p[`up${k}`]);
      const own = p.k === "3" && p.start === "unlucky points" && moved.length === 1;
      return own && p.step === LAST && below(a.gap).at(-1) <= 0.02;
    },
    why:
      "All starts that lead to one result make its basin, and basins are wide. What matters is on " +
      "which side of a border one begins: near it, a hair's breadth decides.",
  },
];

export const time = true;

export const ghost = [{ step: 32 }];

export const onward = true;
