// The sentence under the pictures, with at most three numbers.

import { nats } from "./paint.js";

const CLIMBS = 0.3; // nats from the last doubling of k
const ROUGH = 0.7; // standard error at which a few draws decide

function rank(better) {
  const percent = Math.round(100 * better);
  if (percent === 0) return `lower than that of ${better ? "nearly " : ""}all held-out digits`;
  if (percent === 100)
    return `higher than that of ${better < 1 ? "nearly " : ""}all held-out digits`;
  return `higher than that of ${percent} % of the held-out digits`;
}

// better: the share of held-out digits that have a lower log p(x); few: less ink than any of them.
export function sentence({ logp, L, bounds, se, better, on, few, counting }) {
  if (few) {
    const what = on === 0 ? "An empty page is no digit" : "No digit has so little ink";
    const turn = better > 0.5 ? "and yet" : "and";
    return `${what}, ${turn} its log p(x) is about ${nats(logp)} nats, ${rank(better)}: a page with few edges has few unsure pixels. A high p(x) does not make a digit.`;
  }
  const rough = !counting && (bounds.at(-1) - bounds.at(-2) > CLIMBS || se > ROUGH);
  const end = rough ? ", and the estimate rests on few draws: more would likely raise it." : ".";
  return `log p(x) is about ${nats(logp)} nats, ${rank(better)}. The bound L lies ${nats(Math.max(0, logp - L))} nats below${end}`;
}
