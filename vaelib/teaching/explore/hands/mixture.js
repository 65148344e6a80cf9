// What the hand can do in "Mix Gaussians".

import { partsFor, THREE, TONES } from "../maker.js";
import { number } from "../words.js";

const FLANK = Math.exp(-0.5); // a bump's height one σ from its mean, over that of its top

// How high the bump's top is, in units of its weight.
const height = (width) => 1 / (width * Math.sqrt(2 * Math.PI));

const shareOf = (p, k) => p[`weight${k}`] / THREE.reduce((sum, j) => sum + p[`weight${j}`], 0);

const bump = (p, k) => {
  const [mean, width] = [p[`mean${k}`], p[`width${k}`]];
  const top = shareOf(p, k) * height(width);
  const tone = TONES[k - 1];
  return [
    {
      id: `top${k}`,
      panel: "density",
      label: `top of k = ${k}`,
      tone,
      moves: [`mean${k}`, `weight${k}`],
      at: [mean, top],
      to: ([x, y]) => ({ [`mean${k}`]: x, ...partsFor(y / height(width), k, p) }),
    },
    {
      id: `flank${k}`,
      panel: "density",
      label: `flank of k = ${k}`,
      tone,
      moves: [`width${k}`, null],
      at: [mean + width, FLANK * top],
      to: ([x]) => ({ [`width${k}`]: Math.abs(x - mean) }),
    },
  ];
};

const point = (panel, y, { x }) => ({
  id: `x-${panel}`,
  panel,
  label: "the point x",
  moves: ["x", null],
  at: [x, y],
  anywhere: true,
});

export const grips = (p) => [
  point("density", -0.06, p),
  ...THREE.flatMap((k) => bump(p, k)),
  point("log", -15, p),
];

// The tops of a curve, rows (x, y).
function tops({ data }) {
  let found = 0;
  for (let i = 3; i < data.length - 2; i += 2) {
    found += data[i] > data[i - 2] && data[i] >= data[i + 2];
  }
  return found;
}

const means = (p) => THREE.map((k) => p[`mean${k}`]).sort((a, b) => a - b);

export const challenges = [
  {
    id: "mixture-nobody",
    say:
      "Nobody knows. Keep all three means at least 1 apart, and find a point x that no k can " +
      "claim by more than 0.4. Whose bar is longest? Lower its bump, or take x farther from it.",
    guess: [
      "At least how much has the likeliest of three makers?",
      ["nothing", "a third", "a half"],
      "a third",
    ],
    near: ({ a }) => `the longest bar is ${number(Math.max(...a.resp.data), 2)}`,
    done: ({ p, a }) => {
      const [left, middle, right] = means(p);
      return Math.max(...a.resp.data) <= 0.4 && middle - left >= 1 && right - middle >= 1;
    },
    why:
      "Where the three bumps are equally high, x says nothing about who made it: r is a third " +
      "for each. The likeliest never has less than a third, as the three sum to 1.",
  },
  {
    id: "mixture-hump",
    say: "One hump from three. Pull the outer two means at least 4 apart, and keep a single top.",
    guess: [
      "How far apart may two equal Gaussians stand and still make one hump?",
      ["one σ", "two σ", "four σ"],
      "two σ",
    ],
    done: ({ p, a }) => means(p)[2] - means(p)[0] >= 4 && tops(a.p) === 1,
    near: ({ p, a }) => `${number(means(p)[2] - means(p)[0], 1)} apart, tops: ${tops(a.p)}`,
    why:
      "Two equal ones part when their means are more than 2σ apart; a third in the gap fills it. " +
      "What counts is the distance in widths: a single hump may be many Gaussians.",
  },
  {
    id: "mixture-tail",
    say:
      "Small but wide. Let the k with the least weight make a point x ≥ 5 with r over 0.99, " +
      "though another mean is nearer.",
    guess: [
      "What decides far out?",
      ["the largest weight", "the nearest mean", "the largest width"],
      "the largest width",
    ],
    done: ({ p, a }) => {
      const parts = THREE.map((k) => p[`weight${k}`]);
      const far = THREE.map((k) => Math.abs(p.x - p[`mean${k}`]));
      return THREE.some(
        (_, k) =>
          p.x >= 5 &&
          a.resp.data[k] > 0.99 &&
          parts.every((other, j) => j === k || other > parts[k]) &&
          far.some((other) => other < far[k]),
      );
    },
    why:
      "In logarithms a weight only lifts a parabola, but the width opens it. Far enough out the " +
      "most open one is on top, however little it weighs.",
  },
];

export const ghost = [{ x: -2.5 }, { x: 3 }];
