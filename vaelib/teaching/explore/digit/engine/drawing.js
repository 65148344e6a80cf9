// What has been drawn and how it came about: strokes, moves, and the way back. No ink is changed in
// place, so that what is remembered stays as it was.

import { blank, fitted, inverted, moved, stroke } from "./ink.js";

const MOST = 60; // steps back
const NOWHERE = [0, 0];

export class Drawing {
  constructor(digits) {
    this.digits = digits;
    this.past = [];
    this.take({ ink: blank(), byHand: true });
  }

  // digit: the held-out digit that is seen, from 1, as long as nothing changed it.
  // byHand: nothing but a hand made it.   still: before it was moved, and how far.
  take({ ink, digit = null, byHand = this.byHand, still = { ink, digit, shift: NOWHERE } }) {
    Object.assign(this, { ink, digit, byHand, still });
  }

  remember() {
    const { ink, digit, byHand, still } = this;
    this.past.push({ ink, digit, byHand, still });
    if (this.past.length > MOST) this.past.shift();
  }

  undo() {
    if (this.past.length) this.take(this.past.pop());
  }

  pick(digit) {
    this.remember();
    this.take({ ink: this.digits[digit - 1], digit, byHand: false });
  }

  put(ink) {
    this.remember();
    this.take({ ink, byHand: true });
  }

  clear() {
    this.put(blank());
  }

  invert() {
    this.remember();
    this.take({ ink: inverted(this.ink) });
  }

  fit() {
    this.remember();
    this.take({ ink: fitted(this.ink) });
  }

  // A stroke begins; its pieces follow.
  begin() {
    this.remember();
    this.start = null;
  }

  piece(from, to, tool) {
    if (tool === "move") this.drag(from, to);
    else this.take({ ink: stroke(this.ink, from, to, tool) });
  }

  drag(from, to) {
    this.start ??= { place: from, shift: this.still.shift };
    const { place, shift } = this.start;
    this.moveTo(shift.map((v, c) => v + Math.round(to[c] - place[c])));
  }

  moveBy(step) {
    this.remember();
    this.moveTo(this.still.shift.map((v, c) => v + step[c]));
  }

  // So far to the right and down of where it stood; what left the page comes back with it.
  moveTo(shift) {
    const { ink, digit } = this.still;
    const back = shift.every((v) => v === 0);
    this.take({ ink: moved(ink, shift), digit: back ? digit : null, still: { ink, digit, shift } });
  }

  // How far a held-out digit was moved, if nothing else happened to it.
  get aside() {
    const { digit, shift } = this.still;
    return digit ? Math.max(...shift.map(Math.abs)) : 0;
  }
}
