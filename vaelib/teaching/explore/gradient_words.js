// What the explorer `gradient` says: gradient_words.py, line by line.

import { CURVES, exact } from "./two_estimators.js";
import { rounded } from "./words.js";

export const LITTLE = 0.05; // a gradient that points nowhere
const size = (value) => rounded(value, value > 9.95 ? 1 : 2);
const worthDraws = (ratio) => rounded(ratio, ratio > 9.95 ? 0 : 1);

// How many draws of one kind scatter as little as one of the other; a baseline far off.
function worth(place, true_) {
  const ratio = (true_.score / true_.path) ** 2;
  if (1 / 1.05 <= ratio && ratio < 1.05) return "Both scatter alike.";
  if (ratio < 1.05) {
    return `Averaging ${worthDraws(1 / ratio)} slope votes scatters as little as one height vote.`;
  }
  const isFar = true_.score ** 2 > 2 * exact({ ...place, b: true_.meanF }).score ** 2;
  const far = isFar ? ": [b](orange) is far from the mean of f" : "";
  return `Averaging ${worthDraws(ratio)} height votes scatters as little as one slope vote${far}.`;
}

// Whether a run's mean does not point as the exact gradient does.
const errs = (true_) => (mean) => Math.sign(mean) !== Math.sign(true_.gradient);

// What a vote asks of q.
function move({ by }, value) {
  if (Math.abs(value) < 0.005) return "leave q";
  if (by === "m") return `move q ${value > 0 ? "right" : "left"}`;
  return `make q ${value > 0 ? "wider" : "narrower"}`;
}

// What one draw says by its height and by its slope, and what is right.
export function twoVotes(place, true_, [score, path], eps) {
  const { f, m, std, b } = place;
  const height = CURVES[f][0](m + std * eps) - b;
  const level = b === 0 ? "0" : `b = ${rounded(b, 2)}`;
  let call = height < 0 ? `below ${level}, “go away”` : `above ${level}, “come here”`;
  if (Math.abs(height) < 0.005) call = `on ${level}`;
  const uphill = Math.abs(path) >= 0.005 ? "uphill" : "no way up";
  return (
    `One draw votes twice. Its [height](blue), ${call}: ${move(place, score)}. ` +
    `Its [slope](green), ${uphill}: ${move(place, path)}. ` +
    `The [exact gradient](accent): ${move(place, true_.gradient)}.`
  );
}

// What to notice, in at most three numbers.
export function said(place, true_, of, count, run) {
  const { f } = place;
  const [k, heights, slopes] = [`[${count}](count)`, "[heights](blue)", "[slopes](green)"];
  const error = size(true_.score / Math.sqrt(count));
  if (f === "flat") {
    const guess =
      true_.score < 1e-9
        ? `say so, too, with b on the ground: every mean of ${k} is 0`
        : `guess on: a mean of ${k} is good to ± ${error}`;
    return `Flat ground has no way up, and all ${slopes} say so. The ${heights} ${guess}.`;
  }
  if (f === "a step") {
    const truth =
      Math.abs(true_.gradient) < 0.005
        ? `Here that happens to be right; the ${heights} do not know it`
        : `The gradient is ${rounded(true_.gradient, 2)}, which only ${heights} can find`;
    return (
      `All ${slopes} say that there is no way up, for wherever a draw falls the step is flat. ` +
      `${truth}: a mean of ${k} is good to ± ${error}.`
    );
  }
  if (Math.abs(true_.gradient) < LITTLE) {
    return (
      `Here hardly any way is up, and ${heights} and ${slopes} scatter about nothing. A mean of ` +
      `${k} heights is good to ± ${error}. ${worth(place, true_)}`
    );
  }
  const wrong = of.map((means) => Array.from(means, errs(true_)));
  const ways = wrong.map((each) => (each[run] ? "the wrong way" : "the right way"));
  const here =
    ways[0] === ways[1]
      ? `Here ${heights} and ${slopes} both point ${ways[0]}.`
      : `Here the ${heights} point ${ways[0]}, the ${slopes} ${ways[1]}.`;
  const often = wrong.map((each) => (100 * each.filter(Boolean).length) / each.length);
  const most = Math.max(...often);
  const who = often[1] > often[0] ? "Slopes" : "Heights";
  const err = most
    ? `${who} err in ${rounded(most, 0)} % of all runs of ${k} draws.`
    : `So they do in all runs of ${k} draws.`;
  return `${here} ${err} ${worth(place, true_)}`;
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
  if (Math.abs(true_.gradient) >= LITTLE) {
    const right = of.map((means) => means.filter((mean) => !errs(true_)(mean)).length);
    text += ` Of ${of[0].length} runs ${right[0]} and ${right[1]} have the right sign.`;
  }
  const more = by === "log v" ? "a wider q" : "a greater m";
  text +=
    ` The run's first ${shown} draws have arrows: to the right asks for ${more}; two heads: it ` +
    "goes on.";
  const beyond = of.flatMap((all) => Array.from(all).filter((v) => Math.abs(v) > reach)).length;
  if (beyond) text += ` ${beyond} means lie beyond the axis, as crosses at its ends.`;
  return text;
}
