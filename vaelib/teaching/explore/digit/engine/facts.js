// What is said of one drawing: all that sentence, pictures and challenges look at.

import { MOST } from "./estimate.js";
import { sum } from "./vae.js";

// found: what `Estimate.measure` gave for the drawing's pixels x under the model.
export function facts({ head }, model, { byHand, aside }, x, found) {
  const { held, kl } = head.models[model]; // held: log p(x) of the held-out digits, rising
  return {
    ...found,
    model,
    aside,
    own: byHand,
    on: sum(x),
    fewest: head.fewest,
    few: sum(x) < head.fewest,
    dear: found.kl > 2 * kl.at(-1),
    counting: found.k < MOST,
    below: held[held.length >> 1] - found.logp, // the median
    better: held.filter((value) => value < found.logp).length / held.length,
  };
}
