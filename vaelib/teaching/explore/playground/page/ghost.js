// The first seconds: a hand draws a crescent, then says where to draw.

import { make } from "../../front/page.js";

const EVERY = 30; // ms
const AT_ONCE = 4; // points

export class Ghost {
  // The points in the order in which a hand would draw them, from one horn to the other.
  constructor(page, plane, points) {
    this.page = page;
    this.hint = make("span", { class: "vp-hint", "aria-hidden": "true" });
    plane.append(this.hint);
    this.left = points.slice().sort((a, b) => Math.atan2(b[1], b[0]) - Math.atan2(a[1], a[0]));
    const weak = new WeakRef(this); // the timer must not hold a page that is thrown away
    const timer = setInterval(() => {
      if (!weak.deref()?.step()) clearInterval(timer);
    }, EVERY);
  }

  // Draw some points; whether any are left.
  step() {
    for (let k = 0; k < AT_ONCE && this.left.length > 0; k++) this.page.cloud.add(this.left.pop());
    this.page.changed();
    this.page.goOn();
    if (this.left.length === 0 && !this.ended) this.hint.textContent = "draw here";
    return this.left.length > 0;
  }

  end() {
    this.left = [];
    this.ended = true;
    this.hint.remove();
  }
}
