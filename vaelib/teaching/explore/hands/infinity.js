// What the hand can do in "From K to infinity".

import { rounded } from "../words.js";

const KNOTS = { left: 30, mid: 60, right: 90 }; // their places among the curve's 121 points
const FAR = 0.002; // what a unit of z counts beside the square of a distance

// The z of the curve's place nearest to the hand; where it crosses itself, the one near z.
function nearest([x, y], { data }, z) {
  let [best, found] = [Infinity, z];
  for (let i = 0; i < 120; i++) {
    const [a, b, c, d] = data.slice(2 * i, 2 * i + 4);
    const along = ((x - a) * (c - a) + (y - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2 || 1);
    const part = Math.max(0, Math.min(1, along));
    const at = -3 + (i + part) / 20;
    const far = (a + part * (c - a) - x) ** 2 + (b + part * (d - b) - y) ** 2;
    const score = far + FAR * (at - z) ** 2;
    if (score < best) [best, found] = [score, at];
  }
  return found;
}

const knot = (name, i, p, { data }) => {
  const at = [data[2 * i], data[2 * i + 1]];
  const moves = [`${name}1`, `${name}2`];
  return {
    id: name,
    panel: "plane",
    label: `the curve at z = ${-3 + i / 20}`.replace("-", "−"),
    tone: "muted",
    moves,
    at,
    to: ([x, y]) => ({ [moves[0]]: p[moves[0]] + x - at[0], [moves[1]]: p[moves[1]] + y - at[1] }),
  };
};

export const grips = (p, a) => [
  ...Object.entries(KNOTS).map(([name, i]) => knot(name, i, p, a.curve)),
  {
    id: "bead",
    panel: "plane",
    label: "your z on the curve",
    tone: "green",
    moves: ["z", null],
    at: [...a.centre.data],
    to: (place) => ({ z: nearest(place, a.curve, p.z) }),
    anywhere: true,
  },
  {
    id: "z",
    panel: "line",
    label: "your z on the line",
    tone: "green",
    moves: ["z", null],
    at: [...a.top.data],
    anywhere: true,
  },
  {
    id: "j",
    panel: "error",
    label: "how many Gaussians",
    tone: "accent",
    moves: ["j", null],
    at: [...a.now.data],
    anywhere: true,
  },
];

export const buttons = [
  { label: "Half as many", to: (p) => ({ j: p.j / 2 }) },
  { label: "Twice as many", to: (p) => ({ j: 2 * p.j }) },
  {
    label: "Let go of the curve",
    to: () => Object.fromEntries(Object.keys(KNOTS).flatMap((k) => [1, 2].map((i) => [k + i, 0]))),
  },
];

export const ghost = [{ j: 30 }];

const off = (a) => a.now.data[1];
const loose = (p) => Object.keys(KNOTS).every((k) => p[`${k}1`] === 0 && p[`${k}2`] === 0);

export const challenges = [
  {
    id: "infinity-few",
    say:
      "Enough is enough. On the spiral that widens with z, not pulled, find the fewest Gaussians " +
      "with which log p(x) is off by less than 0.1 nats. (A few more will do.)",
    guess: ["How few are enough?", ["about 10", "about 30", "about 100"], "about 30"],
    near: ({ p, a }) => `${rounded(off(a), 2)} nats with ${p.j} Gaussians`,
    done: ({ p, a }) =>
      p.curve === "spiral" && p.width === "growing with z" && loose(p) && off(a) < 0.1 && p.j <= 30,
    why:
      "From 28 on the beads have melted into a knobbly band. Infinitely many are not needed: " +
      "as many as stand closer than about three σ to each other.",
  },
  {
    id: "infinity-six",
    say: "Now get below 0.1 nats with six Gaussians or fewer. Change the world, not J.",
    guess: [
      "What makes six enough?",
      ["wide ones, a short curve", "narrow ones, a long curve", "a curve that crosses itself"],
      "wide ones, a short curve",
    ],
    near: ({ p, a }) => `${rounded(off(a), 2)} nats with ${p.j} Gaussians`,
    done: ({ p, a }) => p.j <= 6 && off(a) < 0.1,
    why:
      "What counts is how far neighbours stand apart, in their own σ. On a short curve wide " +
      "Gaussians overlap, though there are few.",
  },
  {
    id: "infinity-crossing",
    say:
      "Two z, one place. On the figure eight the Gaussian of z = 0 has its centre at the " +
      "crossing. Find another z, more than 0.5 away, whose Gaussian has its centre there.",
    guess: ["How many z have their centre there?", ["one", "two", "three"], "three"],
    near: ({ p, a }) =>
      p.curve === "figure eight"
        ? `the centre is ${rounded(Math.hypot(...a.centre.data), 2)} from the crossing`
        : "another curve",
    done: ({ p, a }) =>
      p.curve === "figure eight" &&
      Math.abs(p.z) > 0.5 &&
      Math.hypot(...a.centre.data) < 0.05 &&
      loose(p),
    why:
      "z = −3, 0 and 3 all have it. Which of them made a point there, the point does not say; the " +
      "prior does: z = 0 is 90 times as frequent as either end.",
  },
];
