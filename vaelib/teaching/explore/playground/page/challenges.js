// Challenges: a task in a sentence, a guess asked first, a predicate over what is seen and what was
// seen before, and a word of why when it is met.
//
// s holds what `Race.measure` gives ({held, train, kl, miss, round}), `n` points in all,
// `settings`, `peaks` of the infinite mixture's posterior at x, `bent`: what a q bent
// by hand loses at x (else null), `back`: whether an earlier moment is shown, and `seen`.

import { number } from "../../words.js";

const ROUNDS = 600;
const rested = (s) => s.held && s.round >= ROUNDS;

// What is kept of the past: {asleep, best, worst, last}.
export function remember(seen, s) {
  if (!s.held) return seen;
  const asleep = s.kl < 0.1 && s.settings.beta > 1;
  const best = Math.max(s.held.infinite, seen.best ?? -Infinity);
  return {
    asleep: seen.asleep || asleep,
    best,
    worst: Math.min(s.held.infinite, seen.worst ?? Infinity),
    last: Math.max(s.round, seen.last ?? 0),
  };
}

export const CHALLENGES = [
  {
    id: "curve-wins",
    say: "Make the curve win: set K to 3, and infinitely many Gaussians beat the three by 0.5 nats after 600 rounds.",
    guess: ["Which stamp does it?", ["ring", "blobs", "disc"], "ring"],
    done: (s) =>
      rested(s) && s.settings.K === 3 && s.n >= 60 && s.held.infinite - s.held.mixture >= 0.5,
    near: (s) =>
      s.held &&
      `K = ${s.settings.K}, the curve ${number(s.held.infinite - s.held.mixture, 2)} nats ahead`,
    why: "Whatever bends everywhere, as a ring does: three ellipses must cut its corners, one curve with one σ follows it.",
  },
  {
    id: "ellipses-win",
    say: "Now the other way: with K = 5, the mixture beats the infinite one by 0.1 nats.",
    guess: ["Which stamp does it?", ["spiral", "ring", "cross"], "cross"],
    done: (s) =>
      rested(s) && s.settings.K === 5 && s.n >= 60 && s.held.mixture - s.held.infinite >= 0.1,
    why: "Separate pieces and crossings suit ellipses. One curve must run through the empty places between.",
  },
  {
    id: "asleep",
    say: "Put the VAE to sleep without touching β: its KL to the prior falls under 0.3 nats.",
    guess: [
      "What happens to its curve?",
      ["it shrinks to a place", "it doubles back", "it stays"],
      "it shrinks to a place",
    ],
    done: (s) =>
      rested(s) &&
      s.settings.beta === 1 &&
      s.settings.kl &&
      s.settings.noise &&
      s.n >= 60 &&
      s.kl <= 0.3,
    why: "On these points one curve explains too little to pay for its code. The cheapest q is the prior, and the VAE becomes one Gaussian.",
  },
  {
    id: "copies",
    say: "Copy without knowing: the autoencoder copies your points (its mean squared miss is under 0.02), yet in the race it is no better than one Gaussian.",
    guess: ["Does a good copy make a good density?", ["yes", "no"], "no"],
    done: (s) => rested(s) && s.n >= 60 && s.miss < 0.02 && s.held.lent <= s.held.one,
    why: "Nothing asks where its codes lie. The Gaussian that it gets for the race also covers codes that no point has.",
  },
  {
    id: "ten-points",
    say: "Ten points are too few: with at most ten, get the infinite mixture's training mark above 0 nats and its held-out mark below −10.",
    guess: [
      "Which mark moves first?",
      ["both rise at first", "held out falls at once"],
      "both rise at first",
    ],
    done: (s) => s.held && s.n <= 10 && s.train.infinite >= 0 && s.held.infinite <= -10,
    why: "σ shrinks onto the points it has seen. The others then lie many σ away.",
  },
  {
    id: "early",
    say: "Stop in time: when held-out nats have fallen by 2 since their best, go back over the rounds to within 0.1 of the best.",
    guess: ["Where was the best?", ["at the end", "long before the end"], "long before the end"],
    done: (s) =>
      s.held &&
      s.back &&
      s.seen.best - s.seen.worst >= 2 &&
      s.round < s.seen.last &&
      s.held.infinite >= s.seen.best - 0.1,
    why: "Early stopping: held-out points say when the fit begins to learn the points instead of their shape.",
  },
  {
    id: "seam",
    say: "Tear the seam: find points on which the VAE's bound is half a nat below its log p(x), with β = 1 and 600 rounds.",
    guess: ["Which shape tears?", ["a shape with two ends", "a closed shape"], "a closed shape"],
    done: (s) =>
      rested(s) &&
      s.settings.beta === 1 &&
      s.settings.kl &&
      s.n >= 60 &&
      s.held.vae - s.held.bound >= 0.5,
    why: "A ring has no ends, a line has two. Where they meet, both ends could have made x, and one Gaussian q can name only one.",
  },
  {
    id: "wake",
    say: "Put the VAE to sleep with β (KL under 0.1), then wake it: at β = 1 its KL is over 1 nat again.",
    guess: ["Does it wake by itself?", ["yes, after a while", "never"], "yes, after a while"],
    done: (s) => s.held && s.seen.asleep && s.settings.beta === 1 && s.settings.kl && s.kl >= 1,
    why: "At β = 1 sleeping is no trap here: any use that the decoder finds for z is paid at once.",
  },
  {
    id: "no-kl",
    say: "Take the KL away from the VAE: crescent, β to 0, then “New start”. Its exact log p(x) falls a nat below one Gaussian.",
    guess: [
      "What happens to its codes?",
      ["they spread over the line", "they gather at 0"],
      "they spread over the line",
    ],
    done: (s) =>
      s.held &&
      s.round >= 300 &&
      (!s.settings.kl || s.settings.beta === 0) &&
      s.held.vae <= s.held.one - 1,
    near: (s) => s.held && `the VAE is ${number(s.held.one - s.held.vae, 2)} nats below`,
    why: "Without its price, q may be as narrow and as far out as it likes. Many codes then lie where the prior draws no z.",
  },
  {
    id: "one-is-enough",
    say: "Draw at least 60 points on which no model beats one Gaussian by 0.1 nats after 600 rounds.",
    guess: ["Which stamp comes nearest?", ["disc", "crescent", "blobs"], "disc"],
    done: (s) =>
      rested(s) &&
      s.n >= 60 &&
      Math.max(s.held.mixture, s.held.infinite, s.held.vae, s.held.lent) - s.held.one < 0.1,
    why: "What has no parts and no curve gives nothing to find; on held-out points more freedom even costs.",
  },
  {
    id: "two-owners",
    say: "Put x where two different z could have made it: the infinite mixture's posterior has two tops, the lower at least a quarter of the higher.",
    guess: [
      "Where will you look?",
      ["on the curve", "between two parts of the curve"],
      "between two parts of the curve",
    ],
    done: (s) => s.held && s.round >= 300 && s.peaks >= 2,
    why: "The posterior is prior times likelihood. Midway between two parts of the curve both are as likely, and no single Gaussian q can say so.",
  },
  {
    id: "one-nat",
    say: "Put x down with Look. Then bend q, the dark line under the VAE, until it loses between 0.9 and 1.1 nats. Watch log p(x) while you do.",
    guess: ["Does log p(x) move?", ["yes", "no"], "no"],
    done: (s) => s.bent !== null && s.bent >= 0.9 && s.bent <= 1.1,
    near: (s) => s.bent !== null && `q loses ${number(s.bent, 2)}`,
    why: "log p(x) belongs to the decoder. q only moves the bound, and the KL to the posterior is the whole difference.",
  },
];
