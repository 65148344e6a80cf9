// The state of the playground as text, for an address: `stamp=ring&K=7&beta=2`.
//
//   points   four letters a point: 12 bits each for x₁ and x₂, or `stamp`, with `n` and `seed`
//   settings K d width rate beta prior sigma noise kl, where they differ from the start
//   look     x (two numbers), z
//   rounds   how far it trains before it rests
//   hide     parts of the page that are not shown; lock: what cannot be changed

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const between = (low, high) => (text) => {
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high))
    throw new RangeError(`a number from ${low} to ${high}`);
  return value;
};
const whole = (low, high) => (text) => {
  const value = between(low, high)(text);
  if (!Number.isInteger(value)) throw new RangeError(`a whole number from ${low} to ${high}`);
  return value;
};
const one =
  (...words) =>
  (text) => {
    if (!words.includes(text)) throw new RangeError(`one of ${words.join(", ")}`);
    return text;
  };
const flag = (text) => one("0", "1")(text) === "1";
const some =
  (...words) =>
  (text) =>
    text.split(",").map(one(...words));

export const PARTS = [
  "tools",
  "stamps",
  "settings",
  "strips",
  "track",
  "time",
  "sentence",
  "challenges",
  "share",
];
export const MOST_POINTS = 1500;

// Each setting of the race: how its text is read. The limits are those of the page's controls.
export const SETTINGS = {
  K: whole(1, 12),
  d: whole(1, 2),
  width: whole(4, 64),
  rate: between(0.0001, 0.1),
  beta: between(0, 20),
  prior: one("normal", "uniform", "two humps"),
  sigma: between(0, 2), // 0: learned
  noise: flag,
  kl: flag,
  seed: whole(0, 999999),
};

const READ = {
  ...SETTINGS,
  n: whole(1, MOST_POINTS),
  rounds: whole(0, 100000),
  z: between(-4, 4),
  x: (text) => {
    const pair = text.split(",").map(between(-3.2, 3.2));
    if (pair.length !== 2) throw new RangeError("two numbers");
    return pair;
  },
  hide: some(...PARTS),
  lock: some("points", "settings"),
  points: readPoints,
};

// {state, faults}: what the text says, and a sentence for each part that cannot be read.
export function read(text, stamps) {
  const state = {};
  const faults = [];
  for (const [name, value] of new URLSearchParams(text.replace(/^[#?]*/, ""))) {
    const reader = name === "stamp" ? one(...stamps) : READ[name];
    try {
      if (!reader || !Object.hasOwn({ stamp: 0, ...READ }, name))
        throw new RangeError("no such word");
      state[name] = reader(value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      faults.push(`${name.slice(0, 20)}: got “${value.slice(0, 30)}”, wanted ${error.message}`);
    }
  }
  return { state, faults };
}

export function write(state) {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (name === "points") text.set(name, writePoints(value));
    else if (typeof value === "boolean") text.set(name, value ? "1" : "0");
    else text.set(name, `${value}`);
  }
  return text.toString().replaceAll("%2C", ",");
}

// Points as pairs of lattice numbers from 0 to 4095.
function writePoints(levels) {
  return levels.map((pair) => pair.map((k) => LETTERS[k >> 6] + LETTERS[k & 63]).join("")).join("");
}

function readPoints(text) {
  if (text.length % 4 || text.length > 4 * MOST_POINTS || /[^\w-]/.test(text)) {
    throw new RangeError(`four letters a point, of at most ${MOST_POINTS}`);
  }
  const number = (at) => 64 * LETTERS.indexOf(text[at]) + LETTERS.indexOf(text[at + 1]);
  return Array.from({ length: text.length / 4 }, (_, i) => [number(4 * i), number(4 * i + 2)]);
}
