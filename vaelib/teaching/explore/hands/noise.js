// What the hand can do in "Turn up the noise".

const FLANK = Math.exp(-0.5); // a bell's height one σ from its middle, over that of its top

const bell = (name, sign, tone, { m, sigma }) => [
  {
    id: `top-${name}`,
    panel: "codes",
    label: `the ${name} moon's code`,
    moves: ["m", null],
    mirrored: sign < 0,
    at: [sign * m, 1],
    to: ([z]) => ({ m: sign * z }),
    tone,
  },
  {
    id: `side-${name}`,
    panel: "codes",
    label: `the ${name} moon's noise`,
    moves: ["sigma", null],
    mirrored: sign < 0,
    at: [sign * (m + sigma), FLANK],
    to: ([z]) => ({ sigma: sign * z - m }),
    tone,
  },
];

export const grips = (p, a) => [
  ...bell("half", -1, "blue", p),
  ...bell("full", 1, "accent", p),
  {
    id: "cost",
    panel: "cost",
    label: "the noise, by what it costs",
    moves: ["sigma", null],
    at: [p.sigma, a.now.data[1]],
    anywhere: true,
  },
];

export const ghost = [{ sigma: 0.8 }];

// What a moon comes back with of the other: the shaded area over a bell's.
function share({ sigma }, { blur: { data } }) {
  let area = 0;
  for (let i = 2; i < data.length; i += 3) area += data[i];
  return (area * (data[3] - data[0])) / (sigma * Math.sqrt(2 * Math.PI));
}

const kl = (a) => a.bill.data[1];

export const challenges = [
  {
    id: "noise-cheap",
    say: "Pay less than 1.5 nats in all. You may move both, the noise and the codes.",
    guess: [
      "Which noise is the cheapest?",
      ["as little as possible", "until the bells just touch", "until they lie on each other"],
      "until the bells just touch",
    ],
    done: ({ a }) => a.now.data[1] < 1.5,
    why:
      "Until the bells touch noise harms no picture and lowers the KL; then the miss jumps up. The " +
      "cheapest codes of all have m² + v near 1, with v = σ².",
  },
  {
    id: "noise-loud",
    say: "Be loud: σ of 0.7 or more, but at most 1 % of the other moon in each.",
    guess: [
      "What makes room for so much noise?",
      ["codes far apart", "codes close together", "nothing"],
      "codes far apart",
    ],
    done: ({ p, a }) => p.sigma >= 0.7 && share(p, a) <= 0.01,
    why:
      "Only m / σ counts for the picture: codes twice as far apart bear twice the noise. But the " +
      "KL charges ½ m² for the distance, and the sum is higher than it need be.",
  },
  {
    id: "noise-kl",
    say: "Please the KL alone: bring it under 0.15 nats. What comes back?",
    guess: [
      "What will it be?",
      ["two clean moons", "one mixture, twice", "darkness"],
      "one mixture, twice",
    ],
    done: ({ a }) => kl(a) < 0.15,
    why:
      "Both bells are nearly the prior, so z hardly says which moon was sent, and the best decoder " +
      "draws nearly the average of the two: hundreds of nats of miss.",
  },
];
