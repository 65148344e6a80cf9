// [{stamp | points, n, seed, settings, rounds, x, bend, back}] on standard input → for each, the
// ids of the challenges that are met at the start, and at the end; `plain` only trains.

import { readFileSync } from "node:fs";

const { folder, ways } = JSON.parse(readFileSync(0, "utf8"));
const { heldOut, Race, stamped } = await import(`${folder}/engine/engine.js`);
const { CHALLENGES, remember } = await import(`${folder}/page/challenges.js`);
const { Look } = await import(`${folder}/page/look.js`);

// q made wider, until it loses about a nat.
function bent(look, x) {
  const { m, logv } = look.vae.encode(Float64Array.from(x), 1);
  let found = look.at(x, { m, logv });
  while (found.vae.logp - found.vae.bound < 0.95) {
    logv[0] += 0.02;
    found = look.at(x, { m, logv });
  }
  return found;
}

const NUMBERS = 10; // rounds between two measurements

function run({ stamp, points, n, seed, phases, x, bend, back, plain }) {
  const race = new Race({ seed, ...phases[0].settings });
  const drawn = points ?? stamped(stamp, n, seed);
  race.setPoints(
    Float64Array.from(drawn.flat()),
    drawn.map((_, i) => heldOut(i)),
  );
  let seen = {};
  const history = [];
  const facts = (bend) => {
    const look = new Look();
    const { d, width, prior } = race.settings;
    look.take({ d, width, prior, weights: race.weights() });
    look.takeCodes(race.train);
    const found = x && (bend ? bent(look, x) : look.at(x));
    const numbers = race.measure();
    return {
      ...numbers, n: drawn.length, settings: race.settings, seen,
      bent: bend ? found.vae.logp - found.vae.bound : null,
      peaks: x ? found.infinite.peaks : 0,
      back: race.round < (history.at(-1)?.round ?? 0),
    }; // prettier-ignore
  };
  const met = (bend) => {
    const now = facts(bend);
    return CHALLENGES.filter(({ done }) => done(now)).map(({ id }) => id);
  };
  const atStart = met(false);
  for (const { settings, rounds } of phases) {
    race.set(settings);
    for (let i = 0; i < rounds; i++) {
      race.step();
      if (plain || race.round % NUMBERS) continue;
      const numbers = race.measure();
      history.push({
        round: race.round,
        nats: numbers.held.infinite,
        memory: back && race.memory(),
      });
      seen = remember(seen, { ...numbers, settings: race.settings });
    }
  }
  if (back) {
    const best = history.reduce((a, b) => (b.nats > a.nats ? b : a));
    race.restore(best.memory);
  }
  return [atStart, met(bend), race.measure()];
}

console.log(JSON.stringify(ways.map(run)));
