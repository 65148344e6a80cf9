// What the hand can do in "The gradient's two estimators".

import { ALL, BELL, FLOOR, TRAIL } from "../gradient.js";
import { deviation } from "../gradient_words.js";
import { CURVES, exact, STEPS } from "../two_estimators.js";

// Where q stood when the last point of the array was drawn.
const last = ({ data }) => data[data.length - 2];
const peak = ({ data }) => {
  let top = 0;
  for (let i = 2; i < data.length; i += 2) if (data[i + 1] > data[top + 1]) top = i;
  return data[top];
};

export const grips = (p, a) => [
  {
    id: "m",
    panel: "line",
    label: "where both start",
    moves: ["m", null],
    at: [p.m, TRAIL],
    anywhere: true,
  },
  {
    id: "std",
    panel: "line",
    label: "flank of green's q",
    tone: "green",
    moves: ["std", null],
    at: [peak(a.green) + p.std, FLOOR + BELL * Math.exp(-0.5)],
    to: ([x]) => ({ std: Math.abs(x - peak(a.green)) }),
  },
  {
    id: "b",
    panel: "line",
    label: "the baseline",
    tone: "orange",
    moves: [null, "b"],
    at: [3.1, p.b],
  },
  {
    id: "step",
    panel: "score",
    label: "the steps taken",
    tone: "blue",
    moves: ["step", null],
    at: a.now.data,
    anywhere: true,
  },
];

export const time = true;

const xs = ({ data }) => Array.from({ length: data.length / 2 }, (_, i) => data[2 * i]);
const scatter = (a) => [deviation(xs(a.blues)), deviation(xs(a.greens))];
const over = ({ show, step }) => show === ALL && step === STEPS;

export const challenges = [
  {
    id: "gradient-blind",
    say:
      "Let blue win by far: after 32 steps of one run blue's mean of f is up by 1.5 or more, and " +
      "green has not moved at all.",
    guess: [
      "On which f does the slope know nothing of the way up?",
      ["a step", "flat ground", "ripples"],
      "a step",
    ],
    done: ({ p, a }) => {
      if (p.show === ALL || p.step < STEPS) return false;
      const [from, to] = [a.blue_score.data[1], a.blue_score.data.at(-1)];
      return to - from >= 1.5 && a.green_way.data[0] === last(a.green_way);
    },
    why:
      "Wherever a draw falls, the step is flat, and its slope is 0. How calm an estimate is does " +
      "not say that it is right. Heights know: draws on the right stand higher.",
  },
  {
    id: "gradient-flip",
    say:
      "Turn the tables on ripples. Show 128 runs, and after 32 steps let blue scatter by less " +
      "than half of green. b helps: it is best near the heights that the draws have.",
    guess: [
      "What troubles the slopes on small ripples?",
      ["they are 0", "they are steep and point both ways", "nothing"],
      "they are steep and point both ways",
    ],
    done: ({ p, a }) => {
      if (!over(p) || p.f !== "ripples") return false;
      const [blue, green] = scatter(a);
      return blue < green / 2;
    },
    why:
      "Small ripples hardly change how high a draw stands, but their slopes are steep and point " +
      "both ways. b near the mean of f keeps the heights calm. Slopes win where f bends little.",
  },
  {
    id: "gradient-baseline",
    say:
      "Help the loser. On the hill, one draw a step, show 128 runs: with b let blue scatter by " +
      "less than 0.2 after 32 steps. At b = 0 it is 0.27.",
    guess: [
      "Which constant b is the best, for q on the top of the hill?",
      ["the mean of f", "a lower one", "a higher one"],
      "a lower one",
    ],
    done: ({ p, a }) =>
      over(p) && p.f === "a hill" && p.count === 1 && p.std === 0.5 && scatter(a)[0] < 0.2,
    why:
      "On the top it takes 3.75 heights with b = 0 to scatter as little as one slope; 2.5 with the " +
      "mean of f, −½ v; 1.5 with −1.5 v. Draws far from m count most, and there f is low.",
  },
];

const GRID = 0.05; // of b

export const buttons = [
  { label: "Other draws", to: (p, random) => ({ run: 1 + Math.floor(128 * random()) }) },
  {
    label: "b = mean of f",
    to: (p, random, seen, a) => {
      const b = exact({ ...p, m: peak(a.blue) }).meanF;
      return Math.abs(b - p.b) <= GRID / 2 ? null : { b };
    },
  },
];

export const ghost = [{ step: 0 }, { step: STEPS }];
