// The points, and what a hand does to them.

import { EDGE, heldOut, LEVELS, onLattice } from "../engine/stamps.js";
import { MOST_POINTS } from "./address.js";
import { drawPoints, scales } from "./picture.js";

export const inside = (v) => Math.max(-EDGE, Math.min(EDGE, v));
const onPlane = (x) => x.map((v) => onLattice(inside(v)));

export class Cloud {
  constructor() {
    this.edits = 0;
    this.replace([]);
  }

  get n() {
    return this.points.length;
  }

  replace(places) {
    Object.assign(this, { points: [], born: 0, edits: this.edits + 1 });
    for (const x of places) this.add(x);
  }

  // Every fourth point that is born is held out; what is erased takes no other's part.
  add(x) {
    if (this.n >= MOST_POINTS) return;
    this.points.push({ x: onPlane(x), held: heldOut(this.born++) });
    this.edits++;
  }

  // The index of the point nearest to x within reach, else −1.
  nearest(x, reach) {
    let [best, least] = [-1, reach];
    this.points.forEach((point, i) => {
      const far = Math.hypot(point.x[0] - x[0], point.x[1] - x[1]);
      if (far < least) [best, least] = [i, far];
    });
    return best;
  }

  erase(x, reach) {
    const i = this.nearest(x, reach);
    if (i < 0) return;
    this.points.splice(i, 1);
    this.edits++;
  }

  // In one stroke the same point follows.
  move(x, reach, again) {
    if (!again) this.moved = this.nearest(x, reach);
    if (this.moved < 0) return;
    this.points[this.moved].x = onPlane(x);
    this.edits++;
  }

  coordinates(points = this.points) {
    return Float64Array.from(points.flatMap(({ x }) => x));
  }

  training() {
    if (this.taken !== this.edits) {
      const rows = this.points.filter(({ held }) => !held);
      this.rows = { x: this.coordinates(rows), n: rows.length };
      this.taken = this.edits;
    }
    return this.rows;
  }

  // Pairs of lattice numbers, as in an address, and back.
  levels() {
    return this.points.map(({ x }) => x.map((v) => Math.round(((v + EDGE) / (2 * EDGE)) * LEVELS)));
  }

  static places(levels) {
    return levels.map((pair) => pair.map((level) => (level / LEVELS) * 2 * EDGE - EDGE));
  }

  // All points as one picture, drawn once for all four panels.
  layer([width, ratio], colors) {
    const key = [this.edits, width, ratio, colors.paper].join();
    if (this.key === key) return this.picture;
    const side = Math.round(width * ratio);
    this.key = key;
    this.picture = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const ctx = this.picture.getContext("2d");
    ctx.scale(ratio, ratio);
    drawPoints(ctx, scales(width), this.points, colors);
    return this.picture;
  }
}
