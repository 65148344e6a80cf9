// The sentence under the track, with at most three numbers.

import { number } from "../../words.js";

const NAMES = { mixture: "the mixture", infinite: "the infinite mixture", vae: "the VAE" };

export function sentence(numbers, round) {
  if (!numbers)
    return "Draw points in any of the four pictures: at least eight, every fourth is held out.";
  const { held } = numbers;
  if (!held) return "Draw a few more points: every fourth is held out, and none is there yet.";
  const lead = Object.keys(NAMES).sort((a, b) => held[b] - held[a])[0];
  const gain = held[lead] - held.one;
  const gap = held.vae - held.bound;
  const first =
    gain < 0.05
      ? `After ${round} rounds no model beats one Gaussian on the held-out points.`
      : `After ${round} rounds ${NAMES[lead]} leads: ${number(gain, 2)} nats a held-out point over one Gaussian.`;
  const second =
    gap < 0.02
      ? "The VAE's bound touches its log p(x)."
      : `The VAE's bound lies ${number(gap, 2)} nats below its log p(x).`;
  return `${first} ${second}`;
}

// What stands under a picture about x, in a few numbers.
export const about = {
  mixture: (logp) => `log p(x) = ${number(logp, 1)}`,
  infinite: (logp) => `log p(x) = ${number(logp, 1)}`,
  vae: (logp, bound) =>
    `log p(x) ${number(logp, 1)} = L ${number(bound, 1)} + KL ${number(logp - bound, 2)}`,
  autoencoder: (miss) => `misses x by ${number(miss, 2)}`,
};
