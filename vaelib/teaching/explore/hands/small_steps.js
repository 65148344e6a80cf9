// What the hand can do in "Many small steps".

import { WALKS } from "../line_chain.js";
import { BASE, HEIGHT, STEP, WALK } from "../small_steps.js";

const [SLOW, FASTER] = [3, 12]; // walks that fall so slowly that one sees how; and less slowly

export const grips = (p, a) => [
  {
    id: "here",
    panel: "way",
    label: "one step from here",
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

// What steps of the best width lose, as many as there are now.
const best = ({ best_width: { data }, now }) => data[data.indexOf(now.data[0]) + 1];

export const challenges = [
  {
    id: "small_steps-eye",
    say:
      "An empty valley. Pull the peaks to ±1.5 or farther. Let at most 1 of 128 walks end in the " +
      "valley, with so few steps that, at the right, they still lose more than 1 nat.",
    guess: ["Which asks for more steps?", ["the eye", "the nats", "both alike"], "the nats"],
    done: ({ p, a }) => {
      const all = p.show === WALK && p.fallen === WALKS;
      return all && p.d > 1.49 && a.stray.shape[0] <= 1 && a.now.data[1] > 1;
    },
    why:
      "Nine steps put the points where points belong. The bound, in nats, still asks for more: it " +
      "punishes every step that is too narrow, and this the eye does not see.",
  },
  {
    id: "small_steps-humps",
    say:
      "One way back. Drag the dot, and leave it in the middle near 1, from where two green ways " +
      "lead back. Take more steps, at most 22, until one green top is left.",
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
    id: "small_steps-width",
    say:
      "A matter of width. Show the line of steps of the best width, and bring it, at your number " +
      "of steps, under 0.001, while the model's steps lose over half a nat. Peaks may move.",
    guess: ["If the data are one Gaussian, are five steps enough?", ["yes", "no"], "no"],
    done: ({ a }) => a.now.data[1] > 0.5 && best(a) < 0.001,
    why:
      "Of one Gaussian the exact step back is a Gaussian, however long. But the model's step is " +
      "as narrow as if x were known: what its guess leaves in doubt is missing.",
  },
];

export const buttons = [
  { label: "More steps", to: (p) => ({ steps: 2 * p.steps - 1 }) },
  { label: "Fewer steps", to: (p) => ({ steps: (p.steps + 1) / 2 }) },
];

// One walk falls after the other, the first ones slowly.
export const run = {
  label: "drop walks",
  next: ({ fallen }) => {
    const by = fallen < SLOW ? 1 / 8 : fallen < FASTER ? 1 / 2 : 1;
    return fallen < WALKS ? { fallen: fallen + by, show: WALK } : null;
  },
  again: () => ({ fallen: 0, show: WALK }),
  pause: 50,
};

// Who moves the dot looks at its step, not at the walks; other steps and peaks are for all of them.
export function along(changed) {
  if ("z" in changed || "noise" in changed) return { show: STEP };
  if ("fallen" in changed) return { show: WALK };
  return "steps" in changed || "d" in changed ? { fallen: WALKS } : {};
}

export const ghost = [{ steps: 9 }, { steps: 33 }];
