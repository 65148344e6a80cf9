// The first seconds: a hand draws a crescent, then says where to draw.

import { make } from "../../front/page.js";

const EVERY = 30; // ms
const AT_ONCE = 4; // points

export class Ghost {
  // The points in the order in which a hand would draw them, from one horn to the other.
  constructor(page, plane, points) {
    this.hint = make("span", { class: "vp-hint", "aria-hidden": "true" });
    plane.append(this.hint);
    const order = points.slice().sort((a, b) => Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]));
    const weak = new WeakRef(page);
    let i = 0;
    this.timer = setInterval(() => {
      for (let k = 0; k < AT_ONCE && i < order.length; k++, i++) weak.deref()?.cloud.add(order[i]);
      weak.deref()?.changed();
      if (i < order.length) return;
      clearInterval(this.timer);
      this.hint.textContent = "draw here";
    }, EVERY);
  }

  end() {
    clearInterval(this.timer);
    this.hint.remove();
  }
}
