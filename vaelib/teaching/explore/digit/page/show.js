// All pictures and words of one frame.

import { make } from "../../front/page.js";
import { prepare } from "../../playground/page/picture.js";
import { number } from "../../words.js";
import { MOST } from "../engine/estimate.js";
import { FULL } from "../engine/ink.js";
import { drawAxis } from "./axis.js";
import { drawBars, drawPlane } from "./code.js";
import { greyTile, nats, put, write } from "./paint.js";
import { rank, sentence } from "./say.js";
import { drawCurve, drawTerms } from "./terms.js";

const KEYS = {
  price: [["accent", "Brown: ink it did not expect"], ["blue", "blue: ink it misses"]],
  ink: [["ink", "Grey, as the hand left it"]],
  pixels: [["ink", "Black or white, as the model sees it"]],
  keys: [["ink", "Arrows move, Space draws, Enter holds the pen down, Delete erases"]],
}; // prettier-ignore

export function drawAll(page, facts, colors) {
  const { found, measured, file } = page;
  page.pad.draw(colors);
  thumbs(page, colors);
  drawAxis(page.axis, { ...measured, logp: facts.logp, alone: page.alone }, colors);
  drawTerms(page.terms, found, colors);
  drawCurve(page.curve, found, MOST, colors);
  if (page.model === 2) drawPlane(page.code, file.codes, found.q, colors);
  else drawBars(page.code, found.q, colors);
  drawSeen(page, colors);
  drawNear(page, colors);
  drawKey(page, colors);
  speak(page, facts);
}

// What the colours of the drawing mean, each in its own; or its keys, while they may be pressed.
function drawKey({ root, key, seenAs, pad, found }, colors) {
  const shown = pad.node.matches(":focus-within") ? "keys" : seenAs;
  const most = number(found.dearest, 1);
  const more =
    shown === "price" ? [["ink", `stronger: dearer, ${most} nats in the small square`]] : [];
  const keys = [...KEYS[shown], ...more];
  const now = `${keys} ${colors.paper}`;
  if (key.dataset.now === now) return;
  key.dataset.now = now;
  const words = keys.map(([tone, text]) => {
    const said = root.hasAttribute("data-dark") ? text.replace("Brown", "Orange") : text;
    const node = make("b", {}, said);
    node.style.color = colors.tones[tone];
    return node;
  });
  key.replaceChildren(...words.flatMap((node, i) => (i ? [" · ", node] : [node])));
}

function thumbs(page, colors) {
  const { digit } = page.drawing;
  for (const { canvas } of page.thumbs) {
    const node = canvas.parentNode;
    node.setAttribute("aria-pressed", `${Number(node.dataset.digit) === digit}`);
  }
  const key = `${colors.paper} ${page.thumbs[0].canvas.clientWidth}`;
  if (page.thumbsAre === key) return;
  page.thumbsAre = key;
  for (const { levels, canvas } of page.thumbs) {
    const prepared = prepare(canvas, canvas.clientWidth, colors);
    if (prepared) put(prepared[0], greyTile(levels, FULL, colors), 0, 0, prepared[1], colors);
  }
}

// What comes back, and small beside the drawing where the screen is narrow.
function drawSeen({ seen, small, picture }, colors) {
  for (const canvas of [seen, small]) {
    const prepared = prepare(canvas, canvas.clientWidth, colors);
    if (prepared) put(prepared[0], greyTile(picture, 1, colors), 0, 0, prepared[1], colors);
  }
}

function drawNear({ nearby, near }, colors) {
  const width = nearby.clientWidth;
  const gap = 8;
  const size = (width - 2 * gap) / 3;
  const prepared = prepare(nearby, size + 24, colors);
  if (!prepared) return;
  const [ctx] = prepared;
  near.forEach(({ ink, label, far }, i) => {
    const left = i * (size + gap);
    put(ctx, greyTile(ink, FULL, colors), left, 0, size, colors);
    write(ctx, `${label} at ${number(far, 1)}`, left + size / 2, size + 14, colors, { size: 12 });
  });
}

function speak(page, facts) {
  const { found, near } = page;
  const { counting } = facts;
  const said = rank(facts.better).replace(/(the )?held-out/, "real");
  tell(page.big, said[0].toUpperCase() + said.slice(1));
  tell(page.logp, `log p(x) ≈ ${nats(facts.logp)} nats`);
  tell(
    page.codeTitle,
    page.model === 2 ? "The code q, among those of digits" : "The code q, number by number",
  );
  page.sentence.setAttribute("aria-live", counting ? "off" : "polite");
  tell(page.sentence, sentence({ ...facts, label: near[0].label }));
  label(page.terms, `pixels ${nats(-found.reconstruction)}, code ${nats(found.kl)} nats`);
  label(page.curve, `${nats(facts.logp)} nats from ${found.k} draws, L ${nats(found.L)}`);
  label(
    page.nearby,
    near.map(({ label: digit, far }) => `a ${digit} at ${number(far, 1)}`).join(", "),
  );
  label(
    page.code,
    `m ${Array.from(found.q.m.slice(0, 2), (m) => number(m, 1)).join(", ")}${page.model > 2 ? " and on" : ""}`,
  );
}

function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function label(canvas, text) {
  const whole = `${canvas.dataset.say}: ${text}`;
  if (canvas.getAttribute("aria-label") !== whole) canvas.setAttribute("aria-label", whole);
}
