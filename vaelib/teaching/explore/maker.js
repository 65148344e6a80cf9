// What maker.py says, line by line; and grips for a weight.

import { rounded } from "./words.js";

export const THREE = [1, 2, 3];
export const TONES = ["blue", "accent", "green"];
const NAMES = ["k = 1", "k = 2", "k = 3"];
const TIE = 1e-9;
const [LEAST, MOST] = [1, 9]; // parts

// The k-th Gaussian, counted from 0, in its colour.
export const named = (k) => `[${NAMES[k]}](${TONES[k]})`;

export const listed = (values, digits = 2) => values.map((v) => rounded(v, digits)).join(", ");

// In words who made the point at that place: r_k, the distances, and those in the k's own σ.
export function made(place, resp, far, own) {
  const [most, least] = [Math.max(...resp), Math.min(...far)];
  const best = resp.findIndex((r) => r >= most - TIE);
  const near = far.findIndex((d) => d <= least + TIE);
  const share = resp[best] > 0.995 ? "over 0.99" : rounded(resp[best], 2);
  if (resp[best] < 0.4 - TIE) {
    return `Nobody knows who made ${place}: no k can claim more than ${share} of it.`;
  }
  if (resp[best] < 0.6 - TIE) {
    return `Hard to say who made ${place}: most likely ${named(best)}, with probability ${share}.`;
  }
  if (near === best) {
    return `${named(best)} stands nearest to ${place}, and made it with probability ${share}.`;
  }
  if (own[best] < own[near] - TIE) {
    const digits = own[near] - own[best] >= 0.1 ? 1 : 2;
    return (
      `${named(best)} made x with probability ${share}, though ${named(near)} stands nearer: ` +
      `x is ${rounded(own[near], digits)} σ from it, and only ${rounded(own[best], digits)} of ` +
      `${NAMES[best]}'s wider σ.`
    );
  }
  return (
    `${named(best)} made ${place} with probability ${share}, though ${named(near)} stands ` +
    "nearer, with a lower bump."
  );
}

// A sign where log p(x) is below the picture.
export const beneath = (logPx) => (logPx < -16 ? " There log p(x) is below the picture." : "");

export function logSum(terms) {
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

// The k, counted from 0, that a uniform u chooses.
export const chosen = (u, weights) => (u >= weights[0]) + (u >= weights[0] + weights[1]);

// Shares of the parts.
export const shares = (parts) => parts.map((s) => s / (parts[0] + parts[1] + parts[2]));

// The parts that give that k the weight. The others keep theirs, or, where k's own are at an end,
// their ratio.
export function partsFor(weight, k, p) {
  const others = THREE.filter((j) => j !== k).map((j) => `weight${j}`);
  const parts = others.map((name) => p[name]);
  const share = Math.max(0.01, Math.min(0.95, weight));
  const own = ((parts[0] + parts[1]) * share) / (1 - share);
  const within = Math.max(LEAST, Math.min(MOST, own));
  const by = Math.max(
    LEAST / Math.min(...parts),
    Math.min(MOST / Math.max(...parts), within / own),
  );
  const scaled = others.map((name, i) => [name, by * parts[i]]);
  return { [`weight${k}`]: within, ...(by !== 1 && Object.fromEntries(scaled)) };
}
