// Challenges: a task in a sentence, a guess asked first, a predicate over what is seen, and a word
// of why when it is met.
//
// s: `model` (numbers in the code), `own` (drawn by hand), `on` (pixels that are on) and `fewest` (of
// any held-out digit), `k`, `logp`, `L`, `kl`, `better` (the share of held-out digits that are priced
// worse), `aside`: the pixels by which a held-out digit was moved and nothing else, else 0.

import { nats } from "./paint.js";

const settled = (s) => s.k >= 1024;
const percent = (s) => `likelier than ${Math.round(100 * s.better)} %`;

export const CHALLENGES = [
  {
    id: "digit-median",
    say: "Draw a digit yourself that is likelier than half of the held-out digits. “Into the frame” helps one that is large or off the middle.",
    near: percent,
    guess: ["Which digit will be the cheapest?", ["0", "1", "8"], "1"],
    done: (s) => settled(s) && s.own && s.on >= s.fewest && s.better > 0.5,
    why: "Whatever you drew, you paid at the edges of its strokes: there the pixels are unsure. A 1 has the fewest of them. In the model with 20 numbers the median 1 is priced at half of the median 0.",
  },
  {
    id: "digit-empty",
    say: "Find a page that is no digit, with less ink than any held-out digit, and is yet likelier than half of them.",
    guess: ["Is what is priced well always a digit?", ["yes", "no"], "no"],
    done: (s) => settled(s) && s.on < s.fewest && s.better > 0.5,
    near: (s) => `${s.on} pixels of ink, the lightest digit has ${s.fewest}`,
    why: "log p(x) is a sum over 784 pixels, and a page without edges has little to be unsure about. A high density at one x says little about how often such x are drawn.",
  },
  {
    id: "digit-far",
    say: "With 20 numbers, draw a page whose code alone costs over 400 nats (KL). No held-out digit's costs over 41. Try where no digit has ink: one stroke along an edge.",
    guess: ["What will its q be?", ["far out and narrow", "far too wide"], "far too wide"],
    done: (s) => s.model === 20 && s.kl > 400,
    near: (s) => `${nats(s.kl)} of 400 nats`,
    why: "So near the edge few training digits had ink, or none: nobody told the network what it means. It answers with a log-variance of 5 or more, v is its exponential, and the KL counts v.",
  },
  {
    id: "digit-aside",
    say: "Pick a held-out digit and move it, without a stroke, until 19 of 20 held-out digits are likelier.",
    guess: ["How many pixels will it take?", ["about 4", "about 12"], "about 4"],
    done: (s) => settled(s) && s.aside > 0 && s.better < 0.05,
    near: percent,
    why: "Every training digit stood in the middle. To networks without convolution the same digit four pixels aside is another picture.",
  },
  {
    id: "digit-gap",
    say: "Make the encoder fail, not the decoder: with 20 numbers, one stroke with as much ink as a light digit, likelier than a third of the held-out digits, whose L lies over 40 nats below log p(x).",
    guess: ["Where will it lie?", ["in the middle", "off the middle"], "off the middle"],
    done: (s) =>
      s.k >= 4096 && s.model === 20 && s.on >= s.fewest && s.better > 1 / 3 && s.logp - s.L > 40,
    near: (s) => `L ${nats(s.logp - s.L)} nats below, ${percent(s)}`,
    why: "The decoder can put a stroke there, but training showed the encoder none. Most draws from its q pay dearly, a few find the place, and log p̂ climbs as k grows.",
  },
]; // prettier-ignore
