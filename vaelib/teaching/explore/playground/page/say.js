// The sentence under the track, of the race or of one x, with at most three numbers.

import { number } from "../../words.js";

const COPY = 0.05; // mean squared miss of a good copy
const LEARNED = 2; // nats between points trained on and held out
const CLEAR = 0.05; // nats by which one stands clearly before another
const NAMES = { mixture: "The mixture", infinite: "The infinite mixture", vae: "The VAE" };

export function sentence(numbers, races, ghost, stuck) {
  if (ghost) return "A pencil draws a crescent, and four models chase its points.";
  if (!numbers)
    return "Draw points in any of the four pictures: at least eight, every fourth is held out.";
  const { held, train, kl, miss } = numbers;
  if (!held) return "Draw a few more points: every fourth is held out, and none is there yet.";
  const lead = Object.keys(NAMES).sort((a, b) => held[b] - held[a])[0];
  const gain = held[lead] - held.one;
  const gap = held.vae - held.bound;
  const times = gain > 6 ? "over 400" : number(Math.exp(gain), 1);
  const first =
    gain < CLEAR
      ? "No model beats one Gaussian on the held-out points."
      : `${NAMES[lead]} ${races ? "leads" : "wins"}: it finds a typical held-out point ${times} ` +
        `times as likely as one Gaussian does (${number(gain, 2)} nats).`;
  const second =
    kl < 0.4 && held.vae - held.one < 0.1
      ? "The VAE sleeps: its network all but ignores x, so it is no better than one Gaussian."
      : gap < 0.02
        ? "The VAE's bound touches its log p(x)."
        : `The VAE sees its score only from below: its bound lies ${number(gap, 2)} nats below.`;
  if (stuck) return `${first} The infinite mixture is stuck: try “New start”.`;
  if (train?.infinite - held.infinite > LEARNED)
    return `${first} The infinite mixture has learned its own points by heart and misses the others: draw more, or drag the rounds back.`;
  const third =
    held.lent > Math.max(held[lead], held.one) + CLEAR
      ? " The guest, an autoencoder with a lent density, stands farther right."
      : miss < COPY && held.lent < held.one - CLEAR
        ? " The autoencoder copies well, but that is no density."
        : "";
  return `${first} ${second}${third}`;
}

// Who could have made x: what `Look.at` found.
export function ofX({ mixture: { shares }, infinite, vae }) {
  const r = Math.max(...shares);
  const who =
    r < 0.6
      ? "No Gaussian of the mixture surely made this x."
      : `Gaussian ${shares.indexOf(r) + 1} made this x with probability ${r > 0.995 ? "over 0.99" : number(r, 2)}.`;
  const parts = ["One part", "Two parts"][Math.max(0, infinite.peaks - 1)] ?? "Several parts";
  const loss = vae.logp - vae.bound;
  const q = loss < CLEAR ? "fits" : `loses ${few(loss, 2)} nats`;
  const why = vae.peaks > 1 && loss >= CLEAR ? ", as one Gaussian cannot name two places" : "";
  return `${who} ${parts} of the infinite mixture's curve could have made it. The VAE's guess q ${q}${why}.`;
}

// Nats in one line, however many.
const few = (value, digits) => number(value, Math.abs(value) < 10 ? digits : 0);

// What stands under a picture about x, in a few numbers.
export const about = {
  mixture: (logp) => `log p(x) = ${number(logp, 1)}`,
  infinite: (logp) => `log p(x) = ${number(logp, 1)}`,
  vae: (logp, bound) =>
    `log p(x) ${few(logp, 1)} = L ${few(bound, 1)} + KL ${few(logp - bound, 2)}`,
  autoencoder: (miss) => `misses x by ${number(miss, 2)}`,
};
