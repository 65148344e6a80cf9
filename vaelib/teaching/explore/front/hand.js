// The hand in the pictures, as an explorer's module in hands/ says:
//   grips(p, a)       [{id, panel, label, moves: [control, control], at: [x, y], to, anywhere}]
//                     p: the parameters, a: the arrays; to([x, y]): what changes, else moves
//                     anywhere: a press on the picture brings this one there
//                     mirrored: it goes to the left where its control rises; or which control's
//                     keys([steps, steps]): what keys change, else moves by so many values
//   tap(panel, at, p, a)   what a press on a picture changes; at: [x, y], or {tile} on a sheet
//   buttons           [{label, to(p, random, seen, a)}]; seen: what remember gave (own.js)
//   run               {label, next(p, a), again(p), pause}: what Play does every so many
//                     milliseconds until next is null, and where it begins again; else a slider's.
//                     A challenge never counts it
//   time              true where the slider that plays is time: its end counts, too
//   along(changed)    what else changes where the reader has changed this
//   ghost             [{control: value}], places to which the first look sees the picture move
//   onward            true where it rests at the last of them and jumps back, as time does not turn
// A place is in the panel's units; all changes are put on the nearest value of their controls.

import { Grips } from "./grips.js";
import { leap } from "./keys.js";
import { tileAt } from "./marks.js";
import { nearest, onGrid } from "./packed.js";
import { calm, make, pointer } from "./page.js";
import { number } from "../words.js";

const SECONDS = 3; // of the ghost's walk
const NEAR = 40; // pixels from a grip that the ghost moves, where a pointer still takes it
const OWN = { length: 50 }; // steps from end to end where a grip has keys of its own

export class Hand {
  constructor(face, own) {
    const { parameters, packed } = face;
    const grips = own.grips(parameters, { ...packed.fixed, ...face.locally(parameters).arrays });
    this.moved = new Set(grips.flatMap(({ moves }) => moves)); // the controls that grips carry
    this.anywhere = new Set(grips.filter((grip) => grip.anywhere).map(({ panel }) => panel));
    Object.assign(this, { face, own, touched: false });
    face.on(face.root, "pointerdown", (event) => {
      this.held = true;
      this.catch(event);
    });
    face.on(face.root, "change", () => this.release());
    for (const end of ["pointerup", "pointercancel"]) {
      face.on(globalThis, end, released(this));
    }
    for (const [name, entry] of Object.entries(face.canvases)) {
      const on = (...given) => face.on(...given);
      entry.grips = new Grips(entry.layer, on, `${face.id}-keys`);
      if (own.tap || this.anywhere.has(name)) this.listen(name, entry);
    }
  }

  buttons() {
    const { face } = this;
    this.idle = [];
    return (this.own.buttons ?? []).map(({ label, to }) => {
      const button = make("button", { type: "button" }, label);
      const next = () => to({ ...face.parameters }, Math.random, face.seen, face.arrays);
      this.idle.push(() => button.toggleAttribute("data-idle", next() === null));
      face.on(button, "click", () => this.change(next()));
      return button;
    });
  }

  control(name) {
    return this.face.head.controls.find((control) => control.name === name);
  }

  change(changed) {
    if (!changed) return;
    const all = Object.entries(changed).filter(([, value]) => !Number.isNaN(value));
    this.face.set(Object.fromEntries(all.map(([k, value]) => [k, onGrid(this.control(k), value)])));
  }

  list(panel) {
    const { shown, arrays } = this.face;
    return this.own.grips(shown.parameters, arrays).filter((grip) => grip.panel === panel);
  }

  // Put the grips where their marks were drawn.
  show() {
    for (const mark of this.idle) mark();
    for (const [name, entry] of Object.entries(this.face.canvases)) {
      if (entry.at) entry.grips.show(this.list(name).map((grip) => this.spec(grip, entry)));
    }
  }

  spec(grip, entry) {
    const { at } = entry;
    const [px, py] = this.pixels(grip, at);
    return {
      id: grip.id,
      label: grip.label,
      value: this.values(grip),
      tone: grip.tone ?? "ink",
      at: [px, py],
      start: ([x, y]) => {
        this.offset = [x - px, y - py];
        this.touched = true; // here the ghost leaves it
      },
      drag: ([x, y]) => this.to(grip, entry, [x - this.offset[0], y - this.offset[1]]),
      nudge: (by) => this.go(grip, by),
      press: (key) => this.leap(grip, key),
    };
  }

  // Where it stands; what lies off the axes waits at their edge.
  pixels(grip, at) {
    const within = (value, low, high) => Math.max(low, Math.min(high, value));
    return [
      within(at.x(grip.at[0]), at.left, at.right),
      within(at.y(grip.at[1]), at.top, at.bottom),
    ];
  }

  values({ moves }) {
    const names = [...new Set(moves.filter(Boolean))];
    return names
      .map((name) => {
        const { digits, label } = this.control(name);
        const value = this.face.parameters[name];
        return `${label} ${typeof value === "number" ? number(value, digits) : value}`;
      })
      .join(", ");
  }

  to(grip, { at }, [px, py]) {
    const place = [at.x.back(px), at.y.back(py)];
    const [across, up] = grip.moves;
    this.change(
      grip.to?.(place) ?? { ...(across && { [across]: place[0] }), ...(up && { [up]: place[1] }) },
    );
  }

  // What a challenge asks is judged where the hand lets go.
  release() {
    this.held = false;
    this.caught = false;
    if (this.face.waits) this.face.judge();
  }

  go(grip, by) {
    this.change(grip.keys ? grip.keys(by) : this.nudged(grip, by));
  }

  nudged({ moves, mirrored }, by) {
    const changed = {};
    moves.forEach((name, axis) => {
      if (!name || !by[axis]) return;
      const { values } = this.control(name);
      const back = mirrored === true || mirrored === name;
      const index = nearest(values, this.face.parameters[name]) + (back ? -by[axis] : by[axis]);
      changed[name] = values[Math.max(0, Math.min(values.length - 1, index))];
    });
    return changed;
  }

  // Pages lead upwards, Home and End across; where a grip has one way to go, all keys do.
  leap(grip, key) {
    const [across, up] = grip.moves;
    const upwards = key.startsWith("Page") ? Boolean(up) : !across;
    const name = upwards ? up : across;
    const by = name && leap(key, grip.keys ? OWN : this.control(name).values);
    if (by) this.go(grip, upwards && !grip.keys ? [0, by] : [by, 0]);
    return Boolean(by);
  }

  // A press on the picture: a tap, or the grip that comes from anywhere. A finger that scrolls the
  // page moves nothing: only its tap counts.
  listen(name, entry) {
    const { canvas } = entry;
    const { face } = this;
    const place = (event) => pointer(event, canvas, entry.at);
    const grip = () => this.list(name).find(({ anywhere }) => anywhere);
    let halts = false;
    const press = (event) => {
      if (halts || !entry.at || this.tap(name, entry, place(event))) return;
      if (grip()) this.to(grip(), entry, place(event));
    };
    canvas.classList.add("vx-pad");
    face.on(canvas, "click", (event) => {
      if (event.pointerType === "touch" || !this.anywhere.has(name)) press(event);
    });
    face.on(canvas, "pointerdown", (event) => {
      halts = this.walking && !this.touched;
      if (halts || event.pointerType === "touch" || !this.anywhere.has(name)) return;
      canvas.setPointerCapture(event.pointerId);
      press(event);
    });
    face.on(canvas, "pointermove", (event) => {
      const held = event.pointerType !== "touch" && canvas.hasPointerCapture(event.pointerId);
      if (held) this.to(grip(), entry, place(event)); // a finger's touch is captured in any case
    });
  }

  tap(name, entry, [px, py]) {
    if (!this.own.tap) return false;
    const { panel, at, marks } = entry;
    const { shown, arrays } = this.face;
    const where = panel.x ? [at.x.back(px), at.y.back(py)] : tileAt(at, marks, arrays, [px, py]);
    const changed = where && this.own.tap(name, where, shown.parameters, arrays);
    if (changed) this.change(changed);
    return Boolean(changed);
  }

  // What the ghost moves is hard to hit: a press near a grip takes it. Other presses on a picture
  // only stop the ghost.
  catch(event) {
    if (!this.walking || this.touched) return;
    const entry = Object.values(this.face.canvases).find(({ canvas }) => canvas === event.target);
    if (!entry) return;
    this.caught = entry.grips.takeNear(event, NEAR);
    this.touched = true;
  }

  // The first look: the named controls go to the ghost's places and back to the start.
  haunt() {
    const { face, own } = this;
    const still = calm.matches || face.root.dataset.vxForm === "compact"; // a speaker moves it
    if (!own.ghost || still || face.kernel || this.touched) return;
    const names = [...new Set(own.ghost.flatMap(Object.keys))];
    const start = Object.fromEntries(names.map((name) => [name, face.start[name]]));
    const stops = [start];
    for (const stop of [...own.ghost, own.onward ? {} : start]) {
      stops.push({ ...stops.at(-1), ...stop });
    }
    face.on(face.root, "touchstart", (event) => this.caught && event.preventDefault());
    const weak = new WeakRef(this);
    const begin = performance.now();
    this.walking = true;
    const step = (now) => {
      const hand = weak.deref();
      if (!hand) return;
      if (hand.touched) hand.walking = false;
      if (!hand.walking) return;
      const share = Math.max(0, Math.min(1, (now - begin) / (1000 * SECONDS))) * (stops.length - 1);
      const k = Math.min(Math.floor(share), stops.length - 2);
      const part = share - k;
      const ease = part * part * (3 - 2 * part);
      const changed = {};
      for (const name of names) {
        const value = stops[k][name] + ease * (stops[k + 1][name] - stops[k][name]);
        changed[name] = onGrid(hand.control(name), value);
      }
      hand.walking = share < stops.length - 1;
      hand.face.set(hand.walking ? changed : start, true);
      if (hand.walking) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}

// The window outlives a hand whose cell ran again, so it must not hold it.
function released(hand) {
  const weak = new WeakRef(hand);
  return () => weak.deref()?.release();
}
