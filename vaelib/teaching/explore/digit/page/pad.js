// The page one draws on: pointer, finger and keys, and its three views.
//
//   ink      grey, as the hand left it          pixels   black or white, as the models see it
//   price    −log p(x_i|z), averaged over q: rust where ink surprises, blue where it is missed

import { make } from "../../front/page.js";
import { Grips } from "../../front/grips.js";
import { prepare } from "../../playground/page/picture.js";
import { FULL, SIDE } from "../engine/ink.js";
import { greyTile, mix, put, rgb, tile } from "./paint.js";

const DEAR = 5; // nats at which a pixel has its full colour; a quarter has half of it
const BOX = 4; // the frame of MNIST's digits, from the edge

export class Pad {
  constructor(page) {
    this.page = page;
    this.cursor = [14, 14];
    this.down = false; // the pen, for the arrows
    this.canvas = make("canvas", {
      role: "img",
      "aria-label": "the drawing, 28 by 28 pixels",
      "aria-describedby": `${page.id}-sentence`,
    });
    const layer = make("div", { class: "vx-grips" });
    this.node = make("div", { class: "vp-plane vd-pad" }, this.canvas, layer);
    this.grips = new Grips(layer, page.on);
    this.listen();
  }

  listen() {
    const { page, canvas } = this;
    page.on(canvas, "pointerdown", (event) => {
      if (event.button > 0) return;
      canvas.setPointerCapture(event.pointerId);
      page.hold();
      this.last = this.place(event);
      page.press();
      page.stroke(this.last, this.last);
    });
    page.on(canvas, "pointermove", (event) => {
      if (!this.last || !canvas.hasPointerCapture(event.pointerId)) return;
      const events = event.getCoalescedEvents?.() ?? [];
      for (const each of events.length ? events : [event]) this.goTo(this.place(each));
    });
    for (const name of ["focusin", "focusout"]) page.on(this.node, name, () => page.touch());
    page.on(canvas, "lostpointercapture", () => {
      this.last = null;
      page.end();
    });
  }

  // Where the pointer is, in pixels of the drawing.
  place({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return [((clientX - box.left) / box.width) * SIDE, ((clientY - box.top) / box.height) * SIDE];
  }

  goTo(place) {
    this.page.stroke(this.last, place);
    this.last = place;
  }

  // ---- keys

  nudge([right, up]) {
    const { page } = this;
    page.hold();
    if (page.tool === "move") return page.act("moveBy", [right, -up]);
    const before = this.middle();
    this.cursor = [this.cursor[0] + right, this.cursor[1] - up].map((v) =>
      Math.max(0, Math.min(SIDE - 1, v)),
    );
    if (this.down) page.stroke(before, this.middle());
    return page.touch();
  }

  press(key) {
    const { page } = this;
    page.hold();
    if (page.tool === "move") return false;
    if (key === "Enter") {
      this.down = !this.down;
      if (this.down) page.press();
    }
    if (key === " " || (key === "Enter" && this.down))
      this.dot(page.tool === "erase" ? "erase" : "draw", key === " ");
    else if (key === "Delete" || key === "Backspace") this.dot("erase", true);
    else if (key !== "Enter") return false;
    page.touch();
    return true;
  }

  dot(tool, fresh) {
    if (fresh) this.page.press();
    this.page.stroke(this.middle(), this.middle(), tool);
    if (!this.down) this.page.end();
  }

  middle() {
    return this.cursor.map((v) => v + 0.5);
  }

  // ---- drawing

  draw(colors) {
    const width = this.canvas.clientWidth;
    const prepared = prepare(this.canvas, width, colors);
    if (!prepared) return;
    const [ctx] = prepared;
    put(ctx, this.picture(colors), 0, 0, width, colors);
    const cell = width / SIDE;
    frame(ctx, cell, colors);
    if (this.page.seenAs === "price") this.ring(ctx, cell, colors);
    const [column, row] = this.cursor;
    const level = this.page.drawing.ink[row * SIDE + column];
    this.grips.show([
      {
        id: "x",
        label: `pen${this.down ? ", down" : ""}, row ${row + 1}, column ${column + 1}`,
        value: level ? `ink ${level} of ${FULL}` : "no ink",
        at: this.middle().map((v) => v * cell),
        drag: () => {},
        nudge: (step) => this.nudge(step),
        press: (key) => this.press(key),
      },
    ]);
  }

  picture(colors) {
    const { drawing, x, seenAs, found } = this.page;
    if (seenAs === "ink") return greyTile(drawing.ink, FULL, colors);
    if (seenAs === "pixels") return greyTile(x, 1, colors);
    const [paper, dark, accent, missed] = [
      colors.paper,
      colors.tones.ink,
      colors.tones.accent,
      colors.tones.blue,
    ].map(rgb);
    const surprise = mix(accent, paper, 0.25); // to stand out of black
    return tile((i) => {
      const share = Math.min(1, Math.sqrt(found.prices[i] / DEAR));
      return x[i] ? mix(dark, surprise, share) : mix(paper, missed, share);
    });
  }

  // A frame around the dearest pixel; the key says its price.
  ring(ctx, cell, colors) {
    const { prices, dearest } = this.page.found;
    const i = prices.indexOf(dearest);
    ctx.strokeStyle = colors.text;
    ctx.lineWidth = 2;
    ctx.strokeRect((i % SIDE) * cell, Math.floor(i / SIDE) * cell, cell, cell);
  }
}

// Corners of the square into which MNIST's digits were scaled.
function frame(ctx, cell, colors) {
  ctx.strokeStyle = colors.tones.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const [u, v] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]) {
    const [px, py] = [u, v].map((side) => cell * (side ? SIDE - BOX : BOX));
    ctx.moveTo(px + cell * (u ? -1 : 1), py);
    ctx.lineTo(px, py);
    ctx.lineTo(px, py + cell * (v ? -1 : 1));
  }
  ctx.stroke();
}
