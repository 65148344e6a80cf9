// The page: it holds the drawing and the hand, asks the model, and draws what it says.

import { isDark, make } from "../../front/page.js";
import PALETTES from "../../front/palette.json" with { type: "json" };
import { Random } from "../../playground/engine/random.js";
import { Drawing } from "../engine/drawing.js";
import { Estimate, MOST } from "../engine/estimate.js";
import { facts } from "../engine/facts.js";
import { blackAndWhite } from "../engine/ink.js";
import { nearest } from "../engine/nearest.js";
import { price, sigmoid, sum } from "../engine/vae.js";
import { read, write } from "./address.js";
import { build } from "./build.js";
import { Ghost } from "./ghost.js";
import { drawAll } from "./show.js";
import { watch } from "../../playground/page/watch.js";

export const START = { digit: 4, model: 20, view: "price", shown: "mean" };
const PAUSE = 150; // ms without a stroke, after which draws are added
const SLICE = 8; // ms of draws between two pictures

export class Digit {
  constructor(root, file, text = "") {
    const { state, faults } = read(text, file.shown.ink.length);
    Object.assign(this, { root, file, shows: [], tool: "draw", again: 1, hide: state.hide ?? [] });
    this.id = `vd${Math.random().toString(36).slice(2)}`;
    this.stop = new AbortController();
    this.on = (node, name, handler) =>
      node.addEventListener(name, handler, { signal: this.stop.signal });
    for (const name of ["model", "view", "shown"]) this[name] = state[name] ?? START[name];
    this.noise = Object.fromEntries(
      Object.keys(file.models).map((d) => [d, new Random(1).normals(MOST * d)]),
    );
    this.drawing = new Drawing(file.shown.ink);
    this.ghost = new Ghost(this);
    build(this);
    if (faults.length)
      this.complain(`The address was not understood in full. ${faults.join("; ")}.`);
    watch(this, this.root);
    if (state.ink) this.act("put", state.ink);
    else this.act("pick", state.digit ?? START.digit);
    this.drawing.past = [];
    this.touched = false;
    this.showControls();
    this.ghost.watch(this.pad.canvas);
  }

  // ---- the hand

  // pick, put, clear, invert, fit, undo, moveBy: see Drawing.
  act(what, value) {
    this.hold();
    if (what === "star") {
      this.ghost.star();
      return;
    }
    this.drawing[what](value);
    if (what === "undo") this.pad.down = false;
    this.changed();
  }

  // A hand does something: nothing else moves by itself.
  hold() {
    this.touched = true;
    this.ghost.stop();
  }

  press() {
    this.busy = true;
    this.drawing.begin();
  }

  stroke(from, to, tool = this.tool) {
    this.drawing.piece(from, to, tool);
    this.changed();
  }

  end() {
    this.busy = false;
    this.changed();
  }

  // ---- what the model says

  // A stroke is priced once a frame, from BATCH draws; more are added in a pause.
  changed() {
    this.stale = true;
    clearTimeout(this.timer);
    if (!this.busy) this.timer = setTimeout(() => this.count(), PAUSE);
    this.touch();
  }

  freshen() {
    if (!this.stale) return;
    this.stale = false;
    const { file, model } = this;
    const { ink } = this.drawing;
    this.x = blackAndWhite(ink);
    this.estimate = new Estimate(file.models[model], this.x, this.noise[model]);
    this.estimate.more();
    this.found = this.estimate.found;
    this.near = nearest(ink, file.known, 3);
    this.alone = -sum(this.x.map((on, i) => price(on, file.alone[i])));
    this.redraw();
  }

  // Draws, for a slice of time, and then the next slice.
  count() {
    this.freshen();
    const { estimate } = this;
    const until = performance.now() + SLICE;
    while (estimate.k < MOST && performance.now() < until) estimate.more();
    if (this.found !== estimate.found) this.touch();
    this.found = estimate.found;
    if (estimate.k < MOST) this.timer = setTimeout(() => this.count(), 0);
  }

  // The reconstruction: f at the mean of q, or pixels drawn from f at one z drawn from q.
  redraw() {
    const { q } = this.found;
    const random = new Random(this.again);
    const vae = this.file.models[this.model];
    const mean = this.shown === "mean";
    const z = mean ? q.m : q.m.map((m, j) => m + Math.exp(q.logv[j] / 2) * random.normal());
    this.picture = vae.logits(z, 1).map((a) => {
      const f = sigmoid(a);
      return mean ? f : Number(random.uniform() < f);
    });
  }

  facts() {
    return facts(this.file, this.model, this.drawing, this.x, this.found);
  }

  // A first look shows ink alone: its colours have no meaning yet.
  get seenAs() {
    return this.ghost.back ? "ink" : this.view;
  }

  // What was measured of the model that is asked.
  get measured() {
    return this.file.head.models[this.model];
  }

  // ---- settings

  get(name) {
    return this[name];
  }

  set(changed) {
    Object.assign(this, changed);
    if ("view" in changed) this.hold();
    if ("model" in changed) this.changed();
    else if (!this.stale) this.redraw();
    this.showControls();
  }

  drawAgain() {
    this.again++;
    this.set({ shown: "draw" });
  }

  locked() {
    return false;
  }

  showControls() {
    for (const show of this.shows) show();
    this.pad.node.dataset.tool = this.tool;
    this.touch();
  }

  address() {
    const differing = ["model", "view", "shown"].filter((name) => this[name] !== START[name]);
    const rest = Object.fromEntries(differing.map((name) => [name, this[name]]));
    const hide = this.hide.length ? { hide: this.hide } : {};
    const { digit, ink } = this.drawing;
    const text = write({ ...(digit ? { digit } : { ink }), ...rest, ...hide });
    const base = this.root.dataset.vdBase ?? globalThis.location.href.split("#")[0];
    return `${base}#digit?${text}`;
  }

  complain(text) {
    this.notice.textContent = text;
    this.notice.hidden = false;
  }

  // ---- drawing

  touch() {
    if (this.waits) return;
    this.waits = requestAnimationFrame(() => {
      this.waits = null;
      if (this.root.isConnected) this.draw();
    });
  }

  draw() {
    const dark = isDark();
    this.root.toggleAttribute("data-dark", dark);
    this.freshen();
    const facts = this.facts();
    drawAll(this, facts, PALETTES[dark ? "dark" : "light"]);
    if (this.touched) this.task.show(facts);
    this.drawn = performance.now();
  }

  remove() {
    clearTimeout(this.timer);
    this.ghost.remove();
    this.stop.abort();
    this.sizes.disconnect();
    this.theme.disconnect();
  }
}
