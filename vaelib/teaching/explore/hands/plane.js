// What the hand can do in "Mix Gaussians on a plane".

import { partsFor, THREE, TONES } from "../maker.js";
import { corners } from "../plane.js";

const DEGREES = 180 / Math.PI;
const CLEAR = 0.4; // how far from the middle a thin axis has its grip; a long one at its end

// Degrees from −180 to 180.
const wrapped = (degrees) => degrees - 360 * Math.round(degrees / 360);

// The end of an axis: pulled, it becomes longer or shorter, and turns both.
function end(p, k, axis, quarter) {
  const [x, y] = [p[`across${k}`], p[`up${k}`]];
  const angle = (p[`turn${k}`] + quarter) / DEGREES;
  const far = Math.hypot(p[`${axis}${k}`], CLEAR);
  return {
    id: `${axis}${k}`,
    panel: "plane",
    label: `${axis} axis of k = ${k}`,
    tone: TONES[k - 1],
    moves: [`${axis}${k}`, `turn${k}`],
    at: [x + far * Math.cos(angle), y + far * Math.sin(angle)],
    to: ([u, v]) => ({
      [`${axis}${k}`]: Math.sqrt(Math.max(0, (u - x) ** 2 + (v - y) ** 2 - CLEAR ** 2)),
      [`turn${k}`]: wrapped(Math.atan2(v - y, u - x) * DEGREES - quarter),
    }),
  };
}

function gaussian(p, k) {
  const [x, y] = [p[`across${k}`], p[`up${k}`]];
  const weight = p[`weight${k}`] / THREE.reduce((sum, j) => sum + p[`weight${j}`], 0);
  const own = { panel: "plane", tone: TONES[k - 1] };
  return [
    {
      ...own,
      id: `mean${k}`,
      label: `middle of k = ${k}`,
      moves: [`across${k}`, `up${k}`],
      at: [x, y],
    },
    end(p, k, "first", 0),
    end(p, k, "second", 90),
    {
      ...own,
      id: `weight${k}`,
      panel: "who",
      label: `weight of k = ${k}`,
      moves: [null, `weight${k}`],
      at: [k, weight],
      to: ([, v]) => partsFor(v, k, p),
    },
  ];
}

export const grips = (p) => [
  {
    id: "x",
    panel: "plane",
    label: "the point x",
    moves: ["x1", "x2"],
    at: [p.x1, p.x2],
    anywhere: true,
  },
  ...THREE.flatMap((k) => gaussian(p, k)),
  {
    id: "x-log",
    panel: "log",
    label: "the point x",
    moves: ["x1", null],
    at: [p.x1, -15],
    anywhere: true,
  },
];

// Two Gaussians of one shape, up to what a hand can tell.
function alike(p, j, k) {
  const near = (name, by) => Math.abs(p[`${name}${j}`] - p[`${name}${k}`]) <= by;
  const turned = Math.abs(wrapped(2 * (p[`turn${j}`] - p[`turn${k}`]))) / 2;
  return near("first", 0.1) && near("second", 0.1) && turned <= 6;
}

const apart = (p, j, k) => Math.hypot(p[`across${j}`] - p[`across${k}`], p[`up${j}`] - p[`up${k}`]);

// How many corners one k owns, at most.
function owned(p) {
  const found = corners(p);
  return Math.max(...THREE.map((_, k) => found.filter((resp) => resp[k] > 0.99).length));
}

export const challenges = [
  {
    id: "plane-tops",
    say: "Make four tops out of three Gaussians. Where is the one that belongs to none?",
    guess: [
      "How many tops can three Gaussians on a plane have?",
      ["at most three", "more than three"],
      "more than three",
    ],
    done: ({ a }) => a.tops.shape[0] >= 4,
    near: ({ a }) => `${a.tops.shape[0]} of 4 tops`,
    why:
      "Where two long, thin Gaussians cross away from their middles, their flanks add up to a " +
      "top of their own. So the number of tops does not tell K.",
  },
  {
    id: "plane-straight",
    say:
      "A straight border. Give two Gaussians one shape (both axes within 0.1, turned within 6°), " +
      "at least 1.5 apart.",
    guess: [
      "What makes the border between two Gaussians straight?",
      ["equal weights", "equal shapes", "round shapes"],
      "equal shapes",
    ],
    done: ({ p }) =>
      [[1, 2], [1, 3], [2, 3]].some(([j, k]) => alike(p, j, k) && apart(p, j, k) >= 1.5),
    why:
      "On the border the logarithms of two terms are equal. With one shape their squares in x " +
      "cancel, and a straight line is left; weights shift it. Else it is an ellipse or another " +
      "conic.",
  },
  {
    id: "plane-corners",
    say: "Let one k own all four corners of the picture, each with r over 0.99.",
    guess: [
      "Who owns what lies far away, in some direction?",
      ["the heaviest", "the nearest", "the widest in that direction"],
      "the widest in that direction",
    ],
    done: ({ p }) => owned(p) === 4,
    near: ({ p }) => `${owned(p)} of 4 corners have one owner`,
    why:
      "Far out the squared distance in widths decides, and it grows most slowly for the widest. " +
      "One that is wide in all directions surrounds the others on all sides.",
  },
]; // prettier-ignore

export const ghost = [
  { x1: -0.6, x2: -1.2 },
  { x1: 0.6, x2: -0.6 },
];
