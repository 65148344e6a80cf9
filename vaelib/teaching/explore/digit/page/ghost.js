// A pen that draws by itself: a star, when it is asked to, and at the first look a 3, in ink, after
// which the first digit comes back with its prices.

import { calm } from "../../front/page.js";
import { blank } from "../engine/ink.js";
import { star, three } from "../engine/lines.js";

const WALK = 1600; // ms
const STAY = 2000; // ms that the first look waits after the 3

export class Ghost {
  constructor(page) {
    Object.assign(this, { page, busy: false, back: false, share: 0 });
  }

  // It comes when the drawing is seen.
  watch(canvas) {
    this.back = !calm.matches;
    const weak = new WeakRef(this);
    this.seen = new IntersectionObserver(
      ([entry], observer) => {
        if (!entry.isIntersecting) return;
        observer.disconnect();
        weak.deref()?.haunt();
      },
      { threshold: 0.6 },
    );
    this.seen.observe(canvas);
  }

  remove() {
    clearTimeout(this.timer);
    this.seen.disconnect();
  }

  // At the first look; a hand that does anything ends it.
  haunt() {
    if (this.back) this.write(three);
  }

  star() {
    this.write(star(2 * Math.PI * Math.random()));
  }

  write(places) {
    Object.assign(this, { places, busy: true });
    this.page.press();
    this.page.drawing.take({ ink: blank() });
    if (calm.matches) {
      this.walk(places, places.length - 1);
      return;
    }
    const begin = performance.now();
    const step = (now) => {
      if (!this.busy || this.places !== places || !this.page.root.isConnected) return;
      this.walk(places, Math.min(1, Math.max(0, now - begin) / WALK) * (places.length - 1));
      if (this.busy) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  // Up to that share of the way, in pieces from corner to corner.
  walk(places, to) {
    const at = (share) => {
      const k = Math.min(Math.floor(share), places.length - 2);
      return places[k].map((v, c) => v + (share - k) * (places[k + 1][c] - v));
    };
    let from = this.share;
    while (from < to) {
      const next = Math.min(to, Math.floor(from) + 1);
      this.page.stroke(at(from), at(next), "draw");
      from = next;
    }
    this.share = to;
    if (to < places.length - 1) return;
    this.share = 0;
    this.busy = false;
    this.page.end();
    if (this.back) this.timer = setTimeout(() => this.stop(), STAY);
  }

  // Nothing moves by itself any more; after a first look the first digit is back.
  stop() {
    clearTimeout(this.timer);
    const { back, busy, page } = this;
    if (!back && !busy) return;
    const drawn = busy || page.drawing.past.length > 0;
    Object.assign(this, { back: false, busy: false, share: 0 });
    if (busy) page.end();
    if (back && drawn) {
      page.drawing.undo();
      page.changed();
    }
  }
}
