// The playground: the page around the race. It holds the points, the settings and the hand; a
// trainer, in a worker where one may start, holds the models and posts their weights.

import { isDark, make } from "../../front/page.js";
import PALETTES from "../../front/palette.json" with { type: "json" };
import { number } from "../../words.js";
import { START } from "../engine/race.js";
import { stamped, STAMPS } from "../engine/stamps.js";
import { read, SETTINGS, write } from "./address.js";
import { Bench } from "./bench.js";
import { CHALLENGES, remember } from "./challenges.js";
import { Cloud, inside } from "./cloud.js";
import { slider } from "./controls.js";
import { Ghost } from "./ghost.js";
import * as layout from "./layout.js";
import { Look } from "./look.js";
import { Panel } from "./panel.js";
import { covarianceWith, sizeOf } from "./picture.js";
import { sentence, ofX } from "./say.js";
import { Task } from "../../front/task.js";
import * as track from "./track.js";
import { watch } from "./watch.js";

const PANELS = [
  {
    key: "mixture",
    tone: "blue",
    name: "Mixture",
    changed: ["A few ellipses", " share the points."],
    wide: "whose is x: r for each Gaussian",
  },
  {
    key: "infinite",
    tone: "green",
    name: "Infinite mixture",
    changed: ["Now infinitely many", ", small and round, along a curve."],
    wide: "which z made x: prior and posterior",
  },
  {
    key: "vae",
    tone: "accent",
    name: "VAE",
    changed: ["Now a network guesses", " where on the curve x came from."],
    wide: "which z made x: prior, posterior, q and codes",
  },
  {
    key: "autoencoder",
    tone: "pink",
    name: "Autoencoder",
    changed: ["Now nothing is random", ": it only copies. To race, it is lent a density."],
    wide: "the code of x among all codes",
  },
];
const REST = 3000; // rounds, after which it rests
const CALM_REST = 800; // the same where motion is unwanted: the end is shown at once
const SHOW_OFF = { stamp: "crescent", n: 160 };
const KEPT = 600; // numbers of the past that the ribbon draws
const ABOUT =
  "Draw points. Four models explain them, each with one change; on the track, right is better.";

const calm = () => globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
const pick = (state, names) =>
  Object.fromEntries(names.filter((name) => name in state).map((name) => [name, state[name]]));

// What outlives the page must not hold it: neither this function nor the scope that it is made in.
function listener(page) {
  const weak = new WeakRef(page);
  return (message) => weak.deref()?.hear(message) ?? false;
}

export class Playground {
  constructor(root, text = "") {
    const { state, faults } = read(text, Object.keys(STAMPS));
    Object.assign(this, {
      root, state, id: `vp${Math.random().toString(36).slice(2)}`, stop: new AbortController(),
      inNotebook: root.dataset.vpFace === "notebook", cloud: new Cloud(), look: new Look(),
      settings: { ...START, ...pick(state, Object.keys(SETTINGS)) }, n: state.n ?? SHOW_OFF.n,
      tool: "draw", x: state.x ?? null, pinned: Boolean(state.x), chosen: null,
      bent: null, pace: Infinity, round: 0, running: false, wants: true, until: state.rounds ?? (calm() ? CALM_REST : REST), moments: [],
      history: [], numbers: null, trained: false, begun: 0, seen: {}, version: 0, shows: [], pending: {},
    }); // prettier-ignore
    this.on = (node, name, handler) =>
      node.addEventListener(name, handler, { signal: this.stop.signal });
    this.zeta = Array(this.settings.d)
      .fill(0)
      .fill(state.z ?? 0.5, 0, 1);
    this.build();
    if (faults.length)
      this.complain(`The address was not understood in full. ${faults.join("; ")}.`);
    this.send({ settings: this.settings, until: this.until });
    watch(this, this.row);
    this.watchSight();
    this.first();
    this.drawNow(); // so that the page's first picture has it
  }

  // The points of the address, else the ghost hand's crescent.
  first() {
    const { state } = this;
    if (state.points) this.put(Cloud.places(state.points));
    else if (state.stamp || calm()) this.stamp(state.stamp ?? SHOW_OFF.stamp);
    else {
      this.ghost = new Ghost(
        this,
        this.panels[0].plane,
        stamped(SHOW_OFF.stamp, SHOW_OFF.n, this.settings.seed),
      );
    }
    this.send({ run: true });
  }

  build() {
    const { root, id } = this;
    const attributes = {
      role: "group", "aria-labelledby": `${id}-title`, dir: "ltr", lang: "en",
      "data-lm-suppress-shortcuts": "true", "data-prevent-swipe": "",
    }; // prettier-ignore
    for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
    root.classList.add("vx", "vp");
    this.on(root, "keydown", (event) => event.stopPropagation());
    for (const act of ["pointerdown", "keydown", "change"]) {
      this.on(root, act, () => {
        this.touched = true;
      });
    }
    this.panels = PANELS.map((each) => new Panel(this, each));
    for (const [i, name] of [[0, "K"], [2, "beta"]]) {
      this.panels[i].caption.append(make("small", { "data-part": "settings" }, slider(this, name, true)));
    } // prettier-ignore
    this.row = make("div", { class: "vp-row" }, ...this.panels.map(({ node }) => node));
    const told = {
      "aria-label": "held-out nats of the four models",
      "aria-describedby": `${id}-sentence`,
    };
    this.track = make("canvas", { role: "img", ...told });
    this.sentence = make("p", { class: "vx-sentence", id: `${id}-sentence`, role: "status" });
    this.notice = make("p", { class: "vx-notice", role: "alert", hidden: "" });
    root.replaceChildren(
      layout.head(this),
      make("p", { class: "vx-about" }, ABOUT),
      this.row,
      layout.stamps(this),
      make("div", { class: "vp-track", "data-part": "track" }, this.track),
      layout.words(this),
      layout.time(this),
      this.notice,
      make("div", { "data-part": "sentence" }, this.sentence),
    );
    this.hideParts();
    this.showControls();
  }

  // What the first picture does not wait for.
  buildRest() {
    if (this.stop.signal.aborted) return;
    this.task = new Task(this, CHALLENGES, "playground");
    this.root.append(this.task.node, layout.byNumber(this), layout.sharing(this));
    this.hideParts();
    this.bench = new Bench(listener(this));
    this.showControls();
  }

  hideParts() {
    for (const node of this.root.querySelectorAll("[data-part]")) {
      if (this.state.hide?.includes(node.dataset.part)) node.hidden = true;
    }
  }

  // Rest where nobody sees it.
  watchSight() {
    const weak = new WeakRef(this);
    this.sight = new IntersectionObserver(([entry]) => weak.deref()?.seenNow(entry.isIntersecting));
    this.sight.observe(this.root);
  }

  seenNow(visible) {
    if (visible === this.visible) return;
    this.visible = visible;
    if (this.wants) this.send({ run: visible });
  }

  // ---- what the trainer posts

  hear(message) {
    if (!this.root.isConnected) {
      // Thrown away, or put aside by the notebook: rest until it is seen again.
      if (message.running) this.bench.post({ run: false });
      this.visible = false;
      return true;
    }
    if (message.gap !== undefined) this.tellGap(message.gap);
    if (message.numbers !== undefined) this.count(message.numbers);
    if (message.round !== undefined) this.take(message);
    this.touch(message.running ?? this.running);
    return true;
  }

  take(frame) {
    Object.assign(this, { round: frame.round, running: frame.running, moments: frame.moments });
    this.history = this.history.filter(
      ({ round }) => round <= Math.max(frame.round, frame.moments.at(-1) ?? 0),
    );
    const was = this.trained;
    this.trained = frame.weights !== null && this.cloud.n > 0;
    this.all ||= this.trained !== was;
    if (!this.trained) return;
    if (this.look.take(frame)) {
      this.look.takeCodes(this.cloud.training());
      this.root.dataset.d = frame.d;
      this.all = true;
    }
    this.version++;
    if (this.zeta.length !== frame.d) this.zeta = [this.zeta[0], 0].slice(0, frame.d);
  }

  count(numbers) {
    Object.assign(this, { numbers, counted: true });
    this.stuck =
      numbers?.round > 300 &&
      !this.settings.sigma &&
      numbers.train.infinite < numbers.train.one - 0.5;
    if (!numbers || this.ghost?.draws) return;
    if (numbers.round > (this.history.at(-1)?.round ?? -1)) this.history.push(numbers);
    this.seen = remember(this.seen, this.facts());
    if (this.history.length > KEPT) this.history = this.history.filter((_, i) => i % 2 === 0);
  }

  tellGap(gap) {
    this.gap.textContent = gap
      ? `Of the gap log p(x) − L, no Gaussian q could close ${number(Math.max(0, gap.shape), 2)} nats; the encoder leaves ${number(gap.encoder, 2)} more.`
      : "There are no held-out points yet.";
  }

  facts() {
    const { numbers, cloud, settings, found, round, seen } = this;
    const bent = this.bent && found ? found.vae.logp - found.vae.bound : null;
    const peaks = this.x && found ? found.infinite.peaks : 0;
    const back = !this.running && round < (this.history.at(-1)?.round ?? 0);
    return {
      ...numbers,
      n: cloud.n,
      settings,
      bent,
      peaks,
      back,
      seen,
      round: numbers?.round ?? round,
    };
  }

  // ---- what the page sends

  send(message) {
    if ("run" in message) this.running = message.run;
    Object.assign(this.pending, message);
    this.touch();
  }

  flush() {
    const message = this.pending;
    if (!this.bench || Object.keys(message).length === 0) return;
    this.pending = {};
    this.bench.post(message);
  }

  run(on) {
    this.wants = on;
    const more = on && this.round >= this.until;
    if (more) this.until = this.round + REST;
    this.send(more ? { run: on, until: this.until } : { run: on });
  }

  // New points: it rests as long after them as after a start.
  goOn() {
    this.until = this.round + REST;
    this.send({ until: this.until });
  }

  // On a phone one picture may stand large, with its strip.
  enlarge(chosen) {
    const large = !chosen.node.hasAttribute("data-large");
    for (const panel of this.panels) {
      const on = large && panel === chosen;
      panel.node.toggleAttribute("data-large", on);
      panel.title.setAttribute("aria-pressed", `${on}`);
    }
    this.touch();
  }

  restart() {
    this.settings.seed = (this.settings.seed + 1) % 1000000;
    this.send({ settings: this.settings });
    this.anew();
  }

  // All models from round 0.
  anew() {
    Object.assign(this, { begun: this.cloud.n, history: [], seen: {}, until: REST, wants: true });
    this.send({ restart: true, until: REST, run: true });
  }

  // A stroke has ended. Models that began with two thirds of the points or less may be stuck on those.
  ended() {
    this.begun = Math.min(this.begun, this.cloud.n);
    if (this.cloud.n && this.cloud.n >= 1.5 * this.begun && this.wants) this.anew();
  }

  // ---- points

  changed() {
    this.send({
      points: this.cloud.coordinates(),
      held: this.cloud.points.map(({ held }) => held),
    });
  }

  put(places) {
    this.cloud.replace(places);
    Object.assign(this, { history: [], seen: {}, begun: this.cloud.n });
    this.changed();
  }

  stamp(name) {
    if (this.locked("points") && this.cloud.n) return;
    this.endGhost();
    this.stampName = name;
    this.put(stamped(name, this.n, this.settings.seed));
    this.send({ restart: true });
    this.run(true);
  }

  clear() {
    if (this.locked("points")) return;
    this.endGhost();
    this.stampName = null;
    this.put([]);
    this.send({ restart: true });
  }

  // The hand at a place, with its tool and its reach; `again` within one stroke.
  use(x, reach, again) {
    if (this.tool === "look") return this.lookAt(x);
    this.hover(null);
    this.edit(this.tool, x, reach, again);
  }

  edit(tool, x, reach, again) {
    if (this.locked("points")) return;
    this.endGhost();
    this.stampName = null;
    if (tool === "draw") this.cloud.add(x);
    else if (tool === "erase") this.cloud.erase(x, reach);
    else this.cloud.move(x, reach, again);
    this.changed();
    this.goOn();
    if (!this.running && this.wants) this.run(true);
  }

  // A key on the cross: whether it meant something.
  press(key, x) {
    const tool = { Enter: "draw", " ": "draw", Delete: "erase", Backspace: "erase" }[key];
    if (!tool) return false;
    this.edit(tool, x, 0.3, false);
    this.ended();
    return true;
  }

  endGhost() {
    if (!this.ghost) return;
    this.ghost.end();
    Object.assign(this, { ghost: null, begun: this.cloud.n });
  }

  // ---- the hand in the pictures

  // x goes there to stay; the mouse that hovers takes it along, where it does not stay yet.
  lookAt(x) {
    this.pinned = false;
    this.hover(x);
    this.pinned = Boolean(x);
  }

  hover(x) {
    if (this.pinned || x === this.x) return;
    this.x = x?.map(inside) ?? null;
    this.bent = null;
    this.touch();
  }

  setZeta(zeta) {
    this.zeta = zeta.map((u) => Math.max(-3.2, Math.min(3.2, u)));
    this.touch();
  }

  nudgeZeta([u, v]) {
    const [first, second] = this.zeta;
    this.setZeta(
      second === undefined ? [first + 0.05 * (u + v)] : [first + 0.1 * u, second + 0.1 * v],
    );
  }

  bendQ(m, std) {
    this.bent = { m: Float64Array.of(m), logv: Float64Array.of(2 * Math.log(std)) };
    this.touch();
  }

  choose(k) {
    this.chosen = k;
    this.touch();
  }

  setMean(k, mean) {
    this.chosen = k;
    this.hold(() => (this.look.mixture.means[k] = mean.map(inside)));
  }

  setAxis(k, i, place) {
    const { means, covariances } = this.look.mixture;
    const axis = [place[0] - means[k][0], place[1] - means[k][1]];
    this.hold(() => (covariances[k] = covarianceWith(covariances[k], i, axis)));
  }

  hold(change) {
    if (!this.trained || this.locked("settings")) return;
    change();
    this.send({ keep: true, mixture: structuredClone({ ...this.look.mixture }) });
  }

  release() {
    this.send({ keep: false });
  }

  // ---- settings

  get(name) {
    return name in this.settings ? this.settings[name] : this[name];
  }

  set(changed) {
    for (const [name, value] of Object.entries(changed)) {
      if (name in this.settings) {
        this.settings[name] = value;
        this.send({ settings: { ...this.settings } });
        if (name === "K") this.chosen = null;
        if (["d", "width"].includes(name)) this.history = [];
        if (this.wants) this.run(true);
      } else {
        this[name] = value;
        if (name === "tool") this.lookAt(null);
        if (name === "pace") this.send({ pace: value });
        if (name === "n" && this.stampName) this.stamp(this.stampName);
      }
    }
    this.bent = null;
    this.showControls();
  }

  locked(name) {
    const lock = this.state.lock ?? [];
    return lock.includes(["tool", "points", "n"].includes(name) ? "points" : "settings");
  }

  showControls() {
    for (const show of this.shows) show();
    for (const { plane } of this.panels) plane.dataset.tool = this.tool;
    for (const node of this.root.querySelectorAll("[data-stamp]"))
      node.disabled = this.locked("points");
    this.touch();
  }

  // ---- the address

  address() {
    return `${globalThis.location.href.split("#")[0]}#playground?${this.text()}`;
  }

  text() {
    const differing = Object.entries(this.settings).filter(
      ([name, value]) => value !== START[name],
    );
    const points = this.stampName
      ? { stamp: this.stampName, n: this.n }
      : { points: this.cloud.levels() };
    const here = this.x ? { x: this.x.map((v) => Number(v.toFixed(2))) } : {};
    return write({ ...points, ...Object.fromEntries(differing), ...here });
  }

  complain(text) {
    this.notice.textContent = text;
    this.notice.hidden = false;
  }

  // ---- drawing

  // Draw again soon: all, or, while it trains, what has become new, in turn.
  touch(inTurn = false) {
    this.all ||= !inTurn;
    if (this.waits) return;
    this.waits = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.waits);
    this.waits = null;
    if (this.root.isConnected) this.draw();
  }

  draw() {
    this.flush();
    const colors = this.paint();
    const { all, counted } = this;
    this.all = this.counted = false;
    if (all) this.found = this.x && this.trained ? this.look.at(this.x, this.bent) : null;
    const next = this.trained ? this.freshen(colors) : null;
    const drawn = this.panels.filter((panel) => all || panel === next);
    for (const panel of drawn) panel.measure();
    const told = all || counted;
    const sizes = told && [this.track, this.ribbon].map(sizeOf);
    for (const panel of drawn) panel.draw(colors);
    if (told) {
      const numbers = this.ghost?.draws ? null : this.numbers;
      track.drawTrack(this.track, numbers, this.settings, colors, sizes[0]);
      track.drawRibbon(this.ribbon, this.history, this.round, colors, sizes[1]);
    }
    for (const panel of drawn) panel.tell();
    if (told) {
      this.speak();
      if (this.touched) this.task?.show(this.facts()); // nothing is met before a hand acts
    }
    if (!this.shown) requestAnimationFrame(() => setTimeout(() => this.buildRest())); // painted
    this.shown = true;
  }

  // The theme's colours.
  paint() {
    const dark = isDark();
    const colors = PALETTES[dark ? "dark" : "light"];
    if (colors === this.colors) return colors;
    Object.assign(this, { colors, all: true });
    this.root.toggleAttribute("data-dark", dark);
    for (const { tone } of PANELS) this.root.style.setProperty(`--${tone}`, colors.tones[tone]);
    return colors;
  }

  // One picture is made fresh at a time, so that no frame is long: the next that is stale.
  freshen(colors) {
    const { panels, version, turn = 0 } = this;
    const order = panels.map((_, i) => panels[(turn + i) % panels.length]);
    const stale = order.filter((panel) => panel.isStale(version, colors));
    if (stale.length === 0) return null;
    stale[0].freshen(version, colors);
    this.turn = panels.indexOf(stale[0]) + 1;
    if (stale.length > 1) this.touch(true);
    return stale[0];
  }

  speak() {
    const text =
      this.pinned && this.found
        ? ofX(this.found)
        : sentence(this.numbers, this.round < this.until, this.ghost?.draws, this.stuck);
    this.sentence.setAttribute("aria-live", this.running ? "off" : "polite");
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
    const word = this.running ? "Pause" : "Run";
    if (this.go.textContent !== word) this.go.textContent = word;
    const last = Math.max(0, this.moments.length - 1);
    if (this.scrub.max !== `${last}`) this.scrub.max = last;
    const at = this.moments.findLastIndex((round) => round <= this.round);
    if (document.activeElement !== this.scrub || this.running) this.scrub.value = Math.max(0, at);
    this.scrub.disabled = this.moments.length === 0;
    const where = `${this.round}`;
    if (this.clock.value !== where) this.clock.value = where;
    this.scrub.setAttribute("aria-valuetext", `round ${where}`);
  }

  remove() {
    this.endGhost();
    this.stop.abort();
    this.sizes.disconnect();
    this.theme.disconnect();
    this.sight.disconnect();
    this.bench?.close();
  }
}
