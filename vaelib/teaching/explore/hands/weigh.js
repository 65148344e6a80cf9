// What the hand can do in "Weigh the loss".

import { RECIPES, TRACK } from "../weigh.js";

const [HOLD, FLAG] = [0.05, 0.12]; // how far in log σₓ a loss draws the hand, and its flag a press

function held(sigma, within) {
  const near = Object.values(RECIPES).find((own) => Math.abs(Math.log(sigma / own)) < within);
  return { sigma_x: near ?? sigma };
}

const is = (p, recipe) => Math.abs(p.sigma_x - RECIPES[recipe]) < 1e-6;

export const grips = (p, a) => [
  {
    id: "noise",
    panel: "pictures",
    label: "the noise",
    moves: ["sigma_x", null],
    at: [p.sigma_x, TRACK],
    to: ([sigma]) => held(sigma, HOLD),
    anywhere: true,
    tone: "blue",
  },
  {
    id: "here",
    panel: "hill",
    label: "the noise, on the hill",
    moves: [null, "sigma_x"],
    at: [a.here.data[0], p.sigma_x],
    to: ([, sigma]) => held(sigma, FLAG),
    anywhere: true,
    tone: "blue",
  },
  {
    id: "level",
    panel: "spectrum",
    label: "the noise, among the spreads",
    moves: [null, "sigma_x"],
    at: [20.5, p.sigma_x],
    to: ([, sigma]) => ({ sigma_x: sigma }),
    tone: "blue",
  },
];

export const buttons = Object.entries(RECIPES).map(([label, sigma]) => ({
  label,
  to: () => ({ sigma_x: sigma }),
}));

export const ghost = [{ sigma_x: 2.2 }, { sigma_x: 0.16 }];

export const challenges = [
  {
    id: "weigh-lamp",
    say: "Leave exactly one lamp burning.",
    guess: ["Can you then tell the eight digits apart?", ["yes", "hardly"], "hardly"],
    done: ({ a }) => a.lamps.shape[0] === 1,
    why: "One number a digit only shifts a little grey: what comes back is nearly the average.",
  },
  {
    id: "weigh-top",
    say: "Give unseen digits their best log p(x): more than 285 nats.",
    guess: ["Which noise is best?", ["the least", "one in between", "the most"], "one in between"],
    done: ({ a }) => a.here.data[0] > 285,
    why:
      "The top is at 0.16, by which a pixel is missed on average. Less noise wakes no more lamps " +
      "and makes each miss dearer; learning σₓ leads here.",
  },
  {
    id: "weigh-half",
    say:
      "A program forgets the ½ before the squared error, so the error counts double. Drag σₓ " +
      "from 1 to what this loss assumes.",
    guess: [
      "What does the mistake do to the lamps?",
      ["lights some", "puts some out", "nothing"],
      "lights some",
    ],
    done: ({ p }) => is(p, "sum + KL (½ lost)"),
    why:
      "An error that counts double says that the variance is half: σₓ falls from 1 to " +
      "0.71, all lamps burn instead of 12, log p(x) rises. A lucky mistake: 1 was too much noise.",
  },
];
