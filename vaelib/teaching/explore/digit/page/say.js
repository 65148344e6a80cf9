// The sentence under the drawing, with at most three numbers.

import { nats } from "./paint.js";

const CLIMBS = 0.3; // nats from the last doubling of k
const MISSES = 20; // nats between L and log p(x) at which the encoder has failed
const ROUGH = 0.7; // standard error at which a few draws decide

// better: the share of held-out digits that have a lower log p(x).
const percentOf = (better) => Math.round(100 * better);

export function rank(better) {
  const percent = percentOf(better);
  if (percent === 0) return `less likely than ${better ? "nearly " : ""}all held-out digits`;
  if (percent === 100) return `likelier than ${better < 1 ? "nearly " : ""}all held-out digits`;
  return `likelier than ${percent} % of the held-out digits`;
}

// below: by how much it is less likely than the median digit, in nats.
// label: of the nearest training digit.
// few: less ink than any held-out digit; dear: a code that costs over twice as much as any of theirs.
export function sentence(facts) {
  const { logp, L, kl, bounds, se, better, below, label, on, few, dear, counting } = facts;
  const page = `log p(x) is about ${nats(logp)} nats`;
  if (few) {
    const what = on === 0 ? "An empty page is no digit" : "No digit has so little ink";
    const turn = better > 0.5 ? "and yet" : "and";
    return `${what}, ${turn} ${page}: ${rank(better)}. A page with few edges has few unsure pixels. A high p(x) does not make a digit.`;
  }
  const said = `${page}: this page is ${rank(better)}.`;
  if (dear)
    return `${said} Its code alone costs ${nats(kl)} nats (KL), over twice as much as any held-out digit's.`;
  if (percentOf(better) === 0)
    return `${said} A usual one is likelier by a factor with ${Math.floor(below / Math.LN10)} zeros. What is no digit has its number, too.`;
  const rough = !counting && (bounds.at(-1) - bounds.at(-2) > CLIMBS || se > ROUGH);
  const end = rough ? " The estimate rests on few draws: more would likely raise it." : "";
  const seen =
    logp - L > MISSES
      ? `The encoder misses: the bound L lies ${nats(logp - L)} nats below.`
      : `The nearest training digit is a ${label}.`;
  return `${said} ${seen}${end}`;
}
