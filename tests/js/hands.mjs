// {module, visits, fixed} on standard input: for each challenge of a module in hands/, the answers
// of done() along the visited states. visits: {id: [{p, a}]}; the first is the explorer's start.
// Prints {id: [answers]}, {id: [what near() says]}, and of each grip at the start what moves.

import { readFileSync } from "node:fs";

const { module, visits } = JSON.parse(readFileSync(0, "utf8"));
const hand = await import(module);
const [found, near] = [{}, {}];
for (const [id, states] of Object.entries(visits)) {
  const challenge = hand.challenges.find((one) => one.id === id);
  let seen = {};
  near[id] = [];
  found[id] = states.map((state) => {
    seen = hand.remember?.(seen, state) ?? seen;
    if (challenge.near) near[id].push(challenge.near({ ...state, seen }));
    return Boolean(challenge.done({ ...state, seen }));
  });
}
const [[start]] = Object.values(visits);
const grips = hand
  .grips(start.p, start.a)
  .map(({ id, panel, moves, at }) => ({ id, panel, moves, at }));
const challenges = hand.challenges.map(({ id, say, guess, why }) => ({ id, say, guess, why }));
console.log(JSON.stringify({ found, near, grips, challenges }));
