// What the explorer `gradient` says: gradient_words.py, line by line.

import { rounded } from "./words.js";

const size = (value) => rounded(value, value > 9.95 ? 1 : 2);
const worthDraws = (ratio) => rounded(ratio, ratio > 9.95 ? 0 : 1);

// What to notice, in at most three numbers.
export function said({ f }, true_, count) {
  const k = `[${count}](count)`;
  const height = "[score function](blue)";
  const path = "[reparameterised](green)";
  const error = size(true_.score / Math.sqrt(count));
  if (f === "flat") {
    const guess =
      true_.score < 1e-9
        ? `says so, too, with b on the ground: every mean of ${k} is 0`
        : `guesses on: a mean over ${k} is good to ± ${error}`;
    return `Flat ground has no way up, and every ${path} draw says so. The ${height} ${guess}.`;
  }
  if (f === "a step") {
    const truth =
      Math.abs(true_.gradient) < 0.005
        ? `Here that happens to be right; the ${height} does not know it`
        : `The gradient is ${rounded(true_.gradient, 2)}, which only the ${height} can find`;
    return (
      `Every ${path} draw says that there is no way up, for wherever it falls the step is flat. ` +
      `${truth}: a mean over ${k} is good to ± ${error}.`
    );
  }
  const ratio = (true_.score / true_.path) ** 2;
  if (ratio < 1 / 1.05) {
    return (
      `Here heights know more than slopes: one draw of the ${height} is worth ` +
      `${worthDraws(1 / ratio)} ${path} ones. A mean of ${k} is good to ± ${error}.`
    );
  }
  const worth =
    ratio < 1.05
      ? `here a ${path} draw and one of the ${height} scatter alike`
      : `one ${path} draw is worth ${worthDraws(ratio)} of the ${height}`;
  const good = `The score function's mean of ${k} is good to ± ${error}.`;
  return `Both are right on average, but ${worth}. ${good}`;
}

// All other numbers.
export function numbers({ by, b }, true_, of, count, run, shown, reach) {
  const root = Math.sqrt(count);
  let text =
    `By ${by} the exact gradient is ${rounded(true_.gradient, 3)}. One draw's standard ` +
    `deviation is ${rounded(true_.score, 3)} by the score function and ` +
    `${rounded(true_.path, 3)} reparameterised; one standard error of a mean of ${count} is ` +
    `${rounded(true_.score / root, 3)} and ${rounded(true_.path / root, 3)}. The mean of f is ` +
    `${rounded(true_.meanF, 2)}, the baseline ${rounded(b, 1)}, and the best constant would be ` +
    `${rounded(true_.bestB, 2)}. Run ${run + 1} says ${rounded(of[0][run], 3)} and ` +
    `${rounded(of[1][run], 3)}.`;
  if (Math.abs(true_.gradient) >= 0.0005) {
    const right = of.map((all) => all.filter((v) => Math.sign(v) === Math.sign(true_.gradient)));
    const [one, other] = right.map((runs) => runs.length);
    text += ` Of ${of[0].length} runs ${one} and ${other} have the right sign.`;
  }
  text += ` Arrows are of the run's first ${shown} draws at most; two heads: it goes on.`;
  if (by === "log v") text += " An arrow outward, away from m, says wider.";
  const beyond = of.flatMap((all) => Array.from(all).filter((v) => Math.abs(v) > reach)).length;
  if (beyond) text += ` ${beyond} means lie beyond the axis, as crosses at its ends.`;
  return text;
}
