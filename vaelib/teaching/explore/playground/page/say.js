// The sentence under the track, with at most three numbers.

import { number } from "../../words.js";

const COPY = 0.05; // mean squared miss of a good copy
const CLEAR = 0.05; // nats by which one stands clearly before another
const NAMES = { mixture: "The mixture", infinite: "The infinite mixture", vae: "The VAE" };

export function sentence(numbers, races, ghost) {
  if (ghost) return "A pencil draws a crescent, and four models chase its points.";
  if (!numbers)
    return "Draw points in any of the four pictures: at least eight, every fourth is held out.";
  const { held, kl, miss } = numbers;
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
        : `The VAE trains on a bound, ${number(gap, 2)} nats below its log p(x).`;
  const third =
    held.lent > Math.max(held[lead], held.one) + CLEAR
      ? " The guest, an autoencoder with a lent density, stands farther right."
      : miss < COPY && held.lent < held.one - CLEAR
        ? " The autoencoder copies well, but that is no density."
        : "";
  return `${first} ${second}${third}`;
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
