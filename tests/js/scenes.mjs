// {module, fixed, places} on standard input → JSON of [arrays, sentence, more], one a place.

import { readFileSync } from "node:fs";

const { module, fixed, places } = JSON.parse(readFileSync(0, "utf8"));
const { scene } = await import(module);
for (const array of Object.values(fixed)) array.data = globalThis[array.kind].from(array.data);

const plain = ({ data, shape }) => ({ kind: data.constructor.name, data: Array.from(data), shape });
const before = JSON.stringify(fixed);
const answers = places.map((place) => {
  const { arrays, sentence, more = "" } = scene(place, fixed);
  const named = Object.entries(arrays).map(([name, array]) => [name, plain(array)]);
  return [Object.fromEntries(named), sentence, more];
});
if (JSON.stringify(fixed) !== before) throw new Error("the fixed arrays were changed");
console.log(JSON.stringify(answers));
