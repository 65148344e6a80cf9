// What the hand can do in "Many small steps".

import { BASE, HEIGHT, STEP, WALK } from "../small_steps.js";

export const grips = (p, a) => [
  {
    id: "here",
    panel: "way",
    label: "where the step starts",
    moves: ["z", "noise"],
    at: a.here.data,
    anywhere: true,
  },
  {
    id: "peak",
    panel: "way",
    label: "a peak of the data",
    moves: ["d", null],
    at: [p.d, BASE * 10 ** HEIGHT],
    to: ([x]) => ({ d: Math.abs(x) }),
  },
  {
    id: "steps",
    panel: "lost",
    label: "how many steps",
    tone: "blue",
    moves: ["steps", null],
    at: a.now.data,
    anywhere: true,
  },
];

export const challenges = [
  {
    id: "small_steps-humps",
    say:
      "One way back. Show one step. Leave the dot in the middle, from where two ways lead back, " +
      "and find a T of at most 22 with which only one green top is left.",
    guess: ["How many steps does it take?", ["about 8", "about 15", "more than 20"], "about 15"],
    done: ({ p, a }) => {
      const [z, ratio] = a.here.data;
      const middle = Math.abs(z) <= 0.1 && ratio > 0.65 && ratio < 1.5 && p.d >= 1;
      return middle && p.steps <= 22 && a.tops.shape[0] === 1;
    },
    why:
      "From b/a = 1, with peaks at ±1.2, 13 steps leave two humps and 17 one. A short step cannot " +
      "lead far from z, so the two ways melt into one hump, and one Gaussian fits it.",
  },
  {
    id: "small_steps-eye",
    say:
      "Content the eye. Pull the peaks to ±1.5 or farther, where at most 1 of 128 real x would be " +
      "in the valley: let no more walks end there, while the steps still lose more than 1 nat.",
    guess: ["Which asks for more steps?", ["the eye", "the bound", "both alike"], "the bound"],
    done: ({ p, a }) => p.show === WALK && p.d > 1.49 && a.stray.shape[0] <= 1 && a.now.data[1] > 1,
    why:
      "Nine steps put the points where points belong. The bound still asks for more: it " +
      "punishes every step that is too narrow, and this the eye does not see.",
  },
  {
    id: "small_steps-width",
    say:
      "All a matter of width. Let the model's steps lose more than half a nat, while the orange " +
      "line, whose steps are each as wide as is best, is under 0.001.",
    guess: ["If the data are one Gaussian, are five steps enough?", ["yes", "no"], "no"],
    done: ({ a }) => a.now.data[1] > 0.5 && a.now_best.data[1] < 0.001,
    why:
      "Of one Gaussian the exact step back is a Gaussian, however long. But the model's step is " +
      "as narrow as if x were known: what its guess leaves in doubt is missing.",
  },
];

export const buttons = [
  { label: "Shorter steps", to: (p) => ({ steps: 2 * p.steps - 1 }) },
  { label: "Longer steps", to: (p) => ({ steps: (p.steps + 1) / 2 }) },
];

// Who moves the dot looks at its step, not at the walks.
export const along = (changed) => ("z" in changed || "noise" in changed ? { show: STEP } : {});

export const ghost = [{ steps: 9 }, { steps: 33 }];
