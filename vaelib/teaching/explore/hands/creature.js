// What the hand can do in "Build a creature".

import { codeOf, LABELS, START, strangerOf, STRANGERS } from "../creature.js";
import { rounded } from "../words.js";

const LEAP = 1; // farther than a hand drags from one picture to the next
const SAME = 0.05; // apart, but for the controls' grid
const NEAREST = 0.2; // to 0 that a pull brings a code: at 0 it has no direction

const control = (name) => `z${LABELS.indexOf(name) + 1}`;
const asControls = (z) => Object.fromEntries(z.map((value, i) => [`z${i + 1}`, value]));

export function grips(p) {
  const [across, up] = [control(p.across), control(p.up)];
  const z = codeOf(p);
  const length = Math.hypot(...z);
  const flat = across === up; // then only left and right mean something
  return [
    {
      id: "you",
      panel: "map",
      label: "your creature on the map",
      moves: [across, flat ? null : up],
      at: [p[across], flat ? 0 : p[up]],
      anywhere: true,
      tone: "pink",
    },
    {
      id: "length",
      panel: "far",
      label: "your distance from 0",
      moves: [null, null, ...Object.keys(asControls(z))],
      at: [length, 24],
      to: ([far]) => {
        const times = Math.max(NEAREST, far) / (length || 1);
        return asControls(z.map((value) => value * times));
      },
      anywhere: true,
      tone: "pink",
    },
  ];
}

const half = (p, a) => {
  const theirs = strangerOf(p, a);
  return codeOf(p).map((value, i) => (value + theirs[i]) / 2);
};

// A press on one of the others: to become it.
export function tap(panel, { tile }, p, a) {
  if (panel !== "others") return null;
  return asControls([strangerOf(p, a), half(p, a), Array(10).fill(0)][tile]);
}

// The creatures that were left by a leap, the newest last; back at the newest, it is forgotten.
export function remember({ past = [], last = null }, { p }) {
  const now = codeOf(p);
  const far = (z) => Math.hypot(...now.map((value, i) => value - z[i]));
  if (!last || far(last) < LEAP) return { past, last: now };
  const back = past.length > 0 && far(past.at(-1)) < SAME;
  return { past: back ? past.slice(0, -1) : [...past, last], last: now };
}

// The code of a creature held out, another than this one.
function heldOut(p, random, a) {
  const codes = Array.from({ length: STRANGERS }, (_, k) => strangerOf({ stranger: k + 1 }, a));
  const now = codeOf(p);
  const others = codes.filter((z) => Math.hypot(...z.map((value, i) => value - now[i])) >= LEAP);
  return others[Math.floor(others.length * random())];
}

// A standard normal number, by Box and Muller.
const normal = (random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export const buttons = [
  { label: "New creature", to: (p, random, seen, a) => asControls(heldOut(p, random, a)) },
  { label: "A draw of the prior", to: (p, random) => asControls(LABELS.map(() => normal(random))) },
  { label: "Back", to: (p, random, { past = [] } = {}) => asControls(past.at(-1) ?? codeOf(p)) },
  {
    label: "New map",
    to(p, random) {
      const j = Math.floor(10 * random());
      return { across: LABELS[j], up: LABELS[(j + 1 + Math.floor(9 * random())) % 10] };
    },
  },
  {
    label: "New stranger",
    to: (p, random) => ({
      stranger: 1 + ((p.stranger + Math.floor((STRANGERS - 1) * random())) % STRANGERS),
    }),
  },
];

export const ghost = [
  { z7: -2.2, z5: 1.4 },
  { z7: -2.2, z5: -2.2 },
  { z7: 2.2, z5: -2.2 },
];

// How far a code lies from the middle between the first creature's and the stranger's.
function fromHalfWay(p, a) {
  const theirs = strangerOf(p, a);
  return Math.hypot(...codeOf(p).map((value, i) => value - (START[i] + theirs[i]) / 2));
}

export const challenges = [
  {
    id: "creature-zero",
    say: "Bring your code to 0, where the prior is densest: nearer than 0.5.",
    guess: [
      "Of 1,000 creatures held out, how many have a code so near to 0?",
      ["none", "about fifty", "most"],
      "none",
    ],
    near: ({ p }) => `${rounded(Math.hypot(...codeOf(p)), 1)} from 0`,
    done: ({ p }) => Math.hypot(...codeOf(p)) < 0.5,
    why:
      "The nearest lies 1.9 from 0. In ten dimensions nearly all of the prior lies in a shell " +
      "around 0: where it is densest there is hardly any room, and the decoder " +
      "draws a pale mixture.",
  },
  {
    id: "creature-colour",
    say:
      "Repaint the first creature: turn its colour by 120 degrees or more, and keep nine tenths of " +
      "its outline. The last picture says how near you are.",
    guess: [
      "How many of the ten numbers must you move?",
      ["one", "two or three", "most of them"],
      "one",
    ],
    near({ a }) {
      if (!a.painted.shape[0]) return "too grey to have a colour";
      const [turn, kept] = a.painted.data;
      const outline = `${rounded(kept, 0)} % of the outline kept`;
      return `colour turned by ${rounded(turn, 0)} degrees, ${outline}`;
    },
    done({ a }) {
      const [turn, kept] = a.painted.data;
      return turn >= 120 && kept >= 90;
    },
    why:
      "Number 7 can do it alone, from 0.8 to 1.6. That it goes with limbs is an average over all " +
      "creatures; in this one it turns green into violet. A number is not a trait.",
  },
  {
    id: "creature-half-way",
    say:
      "From the first creature go half-way to a stranger, and stay at 2.8 or farther from 0. Most " +
      "strangers will not do.",
    guess: [
      "Half-way between two codes of the shell, where are you mostly?",
      ["nearer to 0", "in the shell", "farther from 0"],
      "nearer to 0",
    ],
    near({ p, a }) {
      const out = rounded(Math.hypot(...codeOf(p)), 1);
      return `${rounded(fromHalfWay(p, a), 1)} from half-way, ${out} from 0`;
    },
    done: ({ p, a }) => fromHalfWay(p, a) < 0.1 && Math.hypot(...codeOf(p)) >= 2.775,
    why:
      "Half-way between two points of a shell lies inside it, the deeper the less alike they are. " +
      "With this stranger you stay in the shell: its code is like yours, or far out.",
  },
];
