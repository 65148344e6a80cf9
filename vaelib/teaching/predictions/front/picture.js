// A prediction as a picture: one's own guess, a room's guesses, and what was measured.

import { drawPanel } from "../../explore/front/draw.js";

const BINS = 24;
const MANY = 120; // curves of a room that are drawn, at most
const BLANK = { classes: [], names: [], tones: [], extent: [], digits: 0, size: 5, shape: "dot" };
const OWN = {
  ...BLANK,
  tone: "accent",
  dash: "dash",
  label: "your guess",
  shape: "cross",
  size: 7,
};
const TRUE = { ...BLANK, tone: "blue", dash: "solid", label: "measured", shape: "ring", size: 9 };
const ROOM = { ...BLANK, tone: "muted", dash: "dot", label: "", size: 4 };

const even = ({ log }) => (log ? [Math.log, Math.exp] : [(v) => v, (v) => v]);

// How many guesses lie in each of the axis' equal parts: the outline as a band, and the largest.
function histogram(axis, guesses) {
  const [forth, back] = even(axis);
  const [low, high] = [forth(axis.low), forth(axis.high)];
  const counts = new Array(BINS).fill(0);
  for (const [value] of guesses) {
    const bin = Math.floor(((forth(value) - low) / (high - low)) * BINS);
    counts[Math.min(BINS - 1, Math.max(0, bin))] += 1;
  }
  const edge = (i) => back(low + ((high - low) * i) / BINS);
  const data = counts.flatMap((n, i) => [edge(i), 0, n, edge(i + 1), 0, n]);
  return [{ data, shape: [2 * BINS, 3] }, Math.max(1, ...counts)];
}

function onLine({ axes: [x] }, { guess, guesses, measured }) {
  const [room, most] = histogram(x, guesses ?? []);
  const post = ([value]) => ({ data: [value, 0, value, 1.25 * most], shape: [2, 2] });
  const y = { label: guesses ? "guesses" : "", low: 0, high: 1.25 * most };
  const panel = { x, y, aspect: guesses ? 3.2 : 6.5 };
  return [panel, "line", room, "band", guess && post(guess), measured && post(measured)];
}

function inPlane({ axes: [x, y] }, { guess, guesses, measured }) {
  const points = (some) => ({ data: some.flat(), shape: [some.length, 2] });
  const room = points(guesses ?? []);
  return [
    { x, y, aspect: 1.7 },
    "points",
    room,
    "points",
    guess && points([guess]),
    measured && points([measured]),
  ];
}

function alongCurve({ axes: [x, y], at }, { guess, guesses, measured }) {
  const pairs = (values) => at.flatMap((x1, i) => [x1, values[i]]);
  const path = (values) => ({ data: pairs(values), shape: [at.length, 2] });
  const some = (guesses ?? []).slice(-MANY);
  const room = { data: some.flatMap(pairs), shape: [some.length, at.length, 2] };
  return [
    { x, y, aspect: 1.9 },
    "line",
    room,
    "line",
    guess && path(guess),
    measured && path(measured),
  ];
}

function asBars({ options }, { guess, guesses, measured }) {
  const keys = Object.keys(options);
  const counts = keys.map((key) => (guesses ?? [guess]).filter((other) => other === key).length);
  const high = Math.max(1, ...counts) * 1.15;
  const sign = (key) => (key === measured ? "✓ " : "");
  const names = keys.map((key) => `${sign(key)}${options[key]}`);
  const tones = keys.map((key) => (key === measured ? "blue" : "muted"));
  const panel = { x: { label: "guesses", low: 0, high }, aspect: Math.min(6, 14 / keys.length) };
  const room = { data: counts, shape: [keys.length] };
  return [panel, "bars", { room, mark: { ...BLANK, tone: "muted", names, tones } }];
}

// Draw it; returns the panel's place on the canvas.
export function drawPrediction(canvas, declaration, state, dark) {
  if (declaration.kind === "choice") {
    const [panel, kind, { room, mark }] = asBars(declaration, state);
    return drawPanel(canvas, panel, [["room", { kind, ...mark }]], { room }, dark);
  }
  const drawn = {
    number: onLine,
    place: declaration.axes[1] ? inPlane : onLine,
    curve: alongCurve,
  };
  const [panel, kind, room, roomKind, own, measured] = drawn[declaration.kind](declaration, state);
  const marks = [["room", { kind: roomKind, ...ROOM }]];
  if (own) marks.push(["own", { kind, ...OWN }]);
  if (measured) marks.push(["measured", { kind, ...TRUE }]);
  return drawPanel(canvas, panel, marks, { room, own, measured }, dark);
}
