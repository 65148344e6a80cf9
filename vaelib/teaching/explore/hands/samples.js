// What the hand can do in "Sample and check".

import { COPY, FAINT, OPEN, score, SIDES } from "../samples.js";

const MEAN = "the mean, in grey";
const DRAW = "pixels drawn";
const NEAREST = "the nearest";
const [N, HANDFULS, TIMES] = [8, 10, 81]; // digits, handfuls, temperatures
const HANDLE = 4.6; // pixels: under all that is drawn

const PAIRS = Array.from({ length: N }, (_, k) => `pair${k + 1}`);
const untouched = () => Object.fromEntries(PAIRS.map((name) => [name, OPEN]));

const distances = (a) => Array.from({ length: N }, (_, k) => a.now.data[2 * k + 1]);

// Which digits the grey training images are that are nearest to the eight.
function nearest({ handful, temperature }, a) {
  const at = (k) => (N * (handful - 1) + k) * TIMES + Math.round(50 * temperature);
  return Array.from({ length: N }, (_, k) => a.labels.data[a.grey_at.data[at(k)]]);
}

// The card whose digit is about so far from the training images.
function cardAt(distance, a) {
  const off = distances(a).map((own) => Math.abs(own - distance));
  return `card ${off.indexOf(Math.min(...off)) + 1}`;
}

const framed = (a) => ({
  id: "asked",
  panel: "far",
  label: "the framed digit",
  moves: [null, "card"],
  at: Array.from(a.asked.data),
  to: ([, distance]) => ({ card: cardAt(distance, a) }),
  tone: "orange",
});

export const grips = (p, a) => [
  {
    id: "temperature",
    panel: "far",
    label: "temperature",
    moves: ["temperature", null, "handful", "card", ...PAIRS], // pressed elsewhere; by number, too
    at: [p.temperature, HANDLE],
    anywhere: true,
  },
  ...(p.show === COPY ? [framed(a)] : []),
];

// Of a pair one picks once. A card that is pressed is asked about; once more, and it is the nearest
// again.
export function tap(panel, at, p) {
  if (panel !== "pictures") return null;
  if (p.show !== COPY) {
    const name = PAIRS[Math.floor(at.tile / 2)];
    return p[name] === OPEN ? { [name]: SIDES[at.tile % 2] } : null;
  }
  const card = `card ${at.tile + 1}`;
  return { card: p.card === card ? NEAREST : card };
}

export const buttons = [
  {
    label: "⚄ Eight more",
    to: (p) => ({ handful: (p.handful % HANDFULS) + 1, card: NEAREST, ...untouched() }),
  },
];

export const ghost = [{ temperature: 0.5 }];

export const challenges = [
  {
    id: "samples-game",
    say:
      "The game, at temperature 1 in grey: in one round of eight pairs, name seven or more that " +
      "the VAE made up.",
    guess: ["What gives them away?", ["blur", "broken shapes", "nothing"], "broken shapes"],
    done: ({ p }) => p.show !== COPY && p.temperature === 1 && p.kind === MEAN && score(p)[0] >= 7,
    why:
      "One decoder draws both, so both are blurred. But noise often falls between the codes of " +
      "digits, and what is drawn there is half of one digit and half of another.",
  },
  {
    id: "samples-ghost",
    say: "In grey, make the VAE draw the same digit eight times.",
    guess: ["What will it be?", ["a clean 8", "a grey ghost", "nothing"], "a grey ghost"],
    done: ({ p }) => p.temperature <= FAINT && p.kind === MEAN,
    why:
      "At temperature 0 every z is 0, the middle of the code, where many digits meet. The ghost " +
      "lies nearer to training images than most samples do: blur is near to everything.",
  },
  {
    id: "samples-suspect",
    say:
      "Show copies. Find a suspect: a grey digit within 16 of a training image, but no 1, for ones " +
      "are all alike. Throw the dice.",
    guess: ["Once found: copy or chance?", ["copy", "chance"], "chance"],
    done: ({ p, a }) => {
      const digits = nearest(p, a);
      return (
        p.show === COPY &&
        p.kind === MEAN &&
        distances(a).some((far, k) => far < 16 && digits[k] !== 1)
      );
    },
    why:
      "It is a plain 7. Of sevens that the VAE never saw, one in three lies as near to a training " +
      "image, and none of them is a copy.",
  },
  {
    id: "samples-hot",
    say:
      "Show copies. With pixels drawn, bring the VAE's digits, the blue line, nearest to training " +
      "images.",
    guess: ["At which temperature?", ["0", "1", "1.6"], "1.6"],
    done: ({ p }) => p.show === COPY && p.kind === DRAW && p.temperature === 1.6,
    why:
      "Far out in the code the decoder is sure of its pixels, so fewer of them flip. The digits " +
      "get odder and yet nearer: this distance reads noise, not copying.",
  },
];
