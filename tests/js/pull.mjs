// {module, rows: [[p, a, id, place], …]} on standard input → for each, what pulling that grip of a
// module in hands/ to the place changes, and where it stood: JSON of [changed, at].

import { readFileSync } from "node:fs";

const { module, rows } = JSON.parse(readFileSync(0, "utf8"));
const { grips } = await import(module);
const pulled = rows.map(([p, a, id, place]) => {
  const grip = grips(p, a).find((each) => each.id === id);
  return [grip.to(place), grip.at];
});
console.log(JSON.stringify(pulled));
