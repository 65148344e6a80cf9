// What the hand can do in "Sample and check".

import { FAINT } from "../samples.js";

const MEAN = "the mean, in grey";
const DRAW = "pixels drawn";
const NEAREST = "the nearest";
const [N, HANDFULS, TIMES] = [8, 10, 81]; // digits, handfuls, temperatures
const HANDLE = 4.6; // pixels: under all that is drawn

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

export const grips = (p, a) => [
  {
    id: "temperature",
    panel: "far",
    label: "temperature",
    moves: ["temperature", null, "handful"], // the dice throw it; by number it stays
    at: [p.temperature, HANDLE],
    anywhere: true,
  },
  {
    id: "asked",
    panel: "far",
    label: "the framed digit",
    moves: [null, "card"],
    at: Array.from(a.asked.data),
    to: ([, distance]) => ({ card: cardAt(distance, a) }),
    tone: "orange",
  },
];

// A card that is pressed is asked about; once more, and it is the nearest again.
export function tap(panel, at, p) {
  if (panel !== "pictures") return null;
  const card = `card ${at.tile + 1}`;
  return { card: p.card === card ? NEAREST : card };
}

export const buttons = [
  {
    label: "⚄ Eight more",
    to: (p) => ({ handful: (p.handful % HANDFULS) + 1, card: NEAREST }),
  },
];

export const ghost = [{ temperature: 0 }, { temperature: 1.6 }];

export const challenges = [
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
      "Find a suspect: a grey digit within 16 of a training image, but no 1, for ones are all " +
      "alike. Throw the dice.",
    guess: ["Once found: copy or chance?", ["copy", "chance"], "chance"],
    done: ({ p, a }) => {
      const digits = nearest(p, a);
      return p.kind === MEAN && distances(a).some((far, k) => far < 16 && digits[k] !== 1);
    },
    why:
      "It is a plain 7. Of sevens that the VAE never saw, one in three lies as near to a training " +
      "image, and none of them is a copy.",
  },
  {
    id: "samples-hot",
    say: "With pixels drawn, bring the VAE's digits, the blue line, nearest to training images.",
    guess: ["At which temperature?", ["0", "1", "1.6"], "1.6"],
    done: ({ p }) => p.kind === DRAW && p.temperature === 1.6,
    why:
      "Far out in the code the decoder is sure of its pixels, so fewer of them flip. The digits " +
      "get odder and yet nearer: this distance reads noise, not copying.",
  },
];
