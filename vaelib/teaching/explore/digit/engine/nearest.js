// The training digits nearest to a page: squared distance of the greys, ‖x − x′‖².

import { FULL, PIXELS } from "./ink.js";

export function nearest(ink, { ink: known, labels }, count) {
  const far = known.map((other) => {
    let total = 0;
    for (let i = 0; i < PIXELS; i++) total += (ink[i] - other[i]) ** 2;
    return total / FULL ** 2;
  });
  const order = [...far.keys()].sort((a, b) => far[a] - far[b]).slice(0, count);
  return order.map((k) => ({ ink: known[k], label: labels[k], far: far[k] }));
}
