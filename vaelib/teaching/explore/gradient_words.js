// What the explorer `gradient` says: gradient_words.py, line by line.

import { CURVES } from "./two_estimators.js";
import { rounded } from "./words.js";

export const TOPPED = ["a hill", "ripples"]; // under any q here, their mean is highest at m = 0

export const average = (values) => values.reduce((sum, each) => sum + each, 0) / values.length;

export function deviation(values) {
  const middle = average(values);
  return Math.sqrt(average(values.map((each) => (each - middle) ** 2)));
}

function way(value) {
  if (Math.abs(value) < 0.005) return "stay";
  return value > 0 ? "go right" : "go left";
}

export function firstVotes({ f, m, std, b }, eps, said, { gradient }) {
  const height = CURVES[f][0](m + std * eps) - b;
  let call = height < 0 ? "below b: away from it" : "above b: towards it";
  if (Math.abs(height) < 0.005) call = "on b";
  const uphill = Math.abs(said[1]) >= 0.005 ? "uphill" : "flat here";
  return (
    `One draw, two votes. [Blue hears its height](blue), ${call}, so ${way(said[0])}. ` +
    `[Green hears its slope](green), ${uphill}, so ${way(said[1])}. ` +
    `[Right on average](accent): ${way(gradient)}.`
  );
}

const after = (step, word = "After") => `${word} [${step}](step) step${step === 1 ? "" : "s"}`;

export function oneClimb({ f, m }, at, step) {
  const when = after(step, "after");
  if (f === "flat") {
    return (
      `Flat ground, no way is up. [Green](green) sees slope 0 and rests. [Blue](blue) hears ` +
      `heights that differ from b, and wanders: ${when} it is ` +
      `${rounded(Math.abs(at[0] - m), 2)} away.`
    );
  }
  if (f === "a step") {
    return (
      `Wherever a draw falls, f is flat: [green](green) sees slope 0 and stays for ` +
      `ever. [Blue](blue) hears that draws on the right are higher: ${when} its q is at ` +
      `${rounded(at[0], 2)}.`
    );
  }
  const far = at.map((each) => rounded(Math.abs(each), 2));
  return (
    `${after(step)}, [blue is ${far[0]} from the top](blue), [green ${far[1]}](green). ` +
    `Both saw the same draws: blue their heights, green their slopes.`
  );
}

export function allClimbs({ f }, ends, step) {
  if (step === 0) {
    return (
      "All runs stand at the start, each with draws of its own. Press Play: " +
      "[blue](blue) climbs by heights, [green](green) by slopes."
    );
  }
  const [blue, green] = ends.map(deviation);
  const [heights, slopes] = [rounded(blue, 2), rounded(green, 2)];
  const wide = `[blue runs scatter by ${heights}](blue), [green by ${slopes}](green)`;
  const when = `${after(step)}, ${wide}`;
  if (TOPPED.includes(f)) {
    const wins = green < blue ? "Slopes are the better guide." : "Here heights are.";
    return `${when}. ${wins} On average both go uphill.`;
  }
  if (f === "flat") return `${when}. No way is up: what blue runs do is chance.`;
  return `${when}. f is flat wherever a draw falls: no green run ever moves.`;
}

export function numbers({ b }, true_, at, ends, run) {
  const means = ends.map((each) => rounded(average(each), 3));
  return (
    `A step goes 0.1 times the mean vote; an arrow is four times as long. At the edge of the ` +
    `picture a climber stops. Run ${run + 1}: blue stands at ${rounded(at[0], 3)}, green at ` +
    `${rounded(at[1], 3)}. At blue's q the exact gradient is ${rounded(true_.gradient, 3)}; one ` +
    `draw's standard deviation is ${rounded(true_.score, 3)} by height (score function) and ` +
    `${rounded(true_.path, 3)} by slope (reparameterised); the mean of f is ` +
    `${rounded(true_.meanF, 3)}, the baseline ${rounded(b, 2)}, and the best constant ` +
    `would be ${rounded(true_.bestB, 3)}. The mean place of all 128 runs: ${means[0]} and ` +
    `${means[1]}; standard deviations ${rounded(deviation(ends[0]), 3)} and ` +
    `${rounded(deviation(ends[1]), 3)}.`
  );
}
