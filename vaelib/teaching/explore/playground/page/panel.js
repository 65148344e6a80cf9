// One of the four pictures with its strip: canvases, grips, and the hand that draws points.

import { make } from "../../front/page.js";
import { Grips } from "../../front/grips.js";
import * as picture from "./picture.js";
import * as strip from "./strip.js";
import { about } from "./say.js";
import { number } from "../../words.js";

const STROKE = 5; // px between two points of a stroke
const NEAR = 14; // px: what the eraser reaches, and the hand that moves a point

export class Panel {
  constructor(page, { key, tone, name, changed: [first, more], wide }) {
    Object.assign(this, { page, key, tone, name, shade: picture.newShade() });
    const { id, on } = page;
    const about = `${id}-${key}`;
    this.canvas = make("canvas", {
      role: "img",
      "aria-label": name,
      "aria-describedby": `${id}-sentence`,
    });
    this.layer = make("div", { class: "vx-grips" });
    this.plane = make("div", { class: "vp-plane" }, this.canvas, this.layer);
    this.title = make(
      "button",
      { class: "vp-name", type: "button", "aria-pressed": "false" },
      name,
    );
    this.title.style.color = `var(--${tone})`;
    on(this.title, "click", () => page.enlarge(this));
    this.caption = make("figcaption", { id: about }, this.title);
    this.strip = make("canvas", { role: "img", "aria-label": wide });
    this.stripLayer = make("div", { class: "vx-grips" });
    this.stripBox = make(
      "div",
      { class: "vp-plane vp-strip", "data-part": "strips" },
      this.strip,
      this.stripLayer,
    );
    this.about = make("div", { class: "vp-about", "data-part": "strips" });
    this.node = make(
      "figure",
      { "data-panel": key },
      this.caption,
      make("p", { class: "vp-changed" }, first, make("span", {}, more)),
      this.plane,
      this.stripBox,
      this.about,
    );
    this.grips = new Grips(this.layer, on);
    this.stripGrips = new Grips(this.stripLayer, on);
    this.listen();
  }

  get at() {
    return picture.scales(this.canvas.clientWidth);
  }

  place({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.canvas.clientWidth / box.width;
    return this.at.from([(clientX - box.left) * scale, (clientY - box.top) * scale]);
  }

  // Mouse and finger draw as soon as they press; a second finger does not.
  listen() {
    const { page, canvas } = this;
    let held = null;
    const use = (at) => {
      page.use(this.place(at), NEAR / this.at.length(1), held.moved);
      Object.assign(held, { last: [at.clientX, at.clientY], moved: true });
    };
    page.on(canvas, "pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      held = { moved: false };
      canvas.setPointerCapture(event.pointerId);
      use(event);
    });
    page.on(canvas, "pointermove", (event) => {
      if (!held) {
        if (event.pointerType === "mouse") page.hover(this.place(event));
        return;
      }
      const [x, y] = held.last;
      const [dx, dy] = [event.clientX - x, event.clientY - y];
      const steps = event.isPrimary ? Math.floor(Math.hypot(dx, dy) / STROKE) : 0;
      for (let i = 1; i <= steps; i++)
        use({ clientX: x + (dx * i) / steps, clientY: y + (dy * i) / steps });
    });
    page.on(this.plane, "pointerleave", () => page.hover(null));
    for (const end of ["pointerup", "pointercancel"]) {
      page.on(canvas, end, (event) => {
        if (!event.isPrimary || !held) return;
        held = null;
        page.ended();
      });
    }
  }

  get width() {
    return this.size[0];
  }

  measure() {
    this.size = picture.sizeOf(this.canvas);
    this.stripSize = picture.sizeOf(this.strip);
  }

  draw(colors) {
    const { page, key } = this;
    const { look, x, found } = page;
    const prepared = picture.prepare(this.canvas, this.width, colors, this.size);
    if (!prepared) return;
    const [ctx, width] = prepared;
    const at = picture.scales(width);
    const tone = colors.tones[this.tone];
    if (page.trained) {
      picture.drawShade(ctx, width, this.shade);
      if (key === "mixture") picture.drawMixture(ctx, at, look.mixture, page.chosen, colors);
      else picture.drawCurve(ctx, at, look.model(key), tone);
    }
    ctx.drawImage(page.cloud.layer(this.size, colors), 0, 0, width, width);
    if (page.trained && key !== "mixture") {
      const model = look.model(key);
      const sigma = key === "autoencoder" ? 0 : Math.exp(model.logvar[0] / 2);
      picture.drawBead(ctx, at, look.place(key, page.zeta), sigma, tone, colors);
    }
    if (found) picture.drawThreads(ctx, at, x, found[key].places, tone);
    if (x) picture.drawCross(ctx, at, x, colors);
    this.drawStrip(colors);
  }

  isStale(version, colors) {
    return this.version !== version || this.colors !== colors;
  }

  // What takes longest: the codes, what it says of x, and the density.
  freshen(version, colors) {
    const { page, key } = this;
    const { look, x, found, bent } = page;
    Object.assign(this, { version, colors });
    look.takeCodesOf(key, page.cloud.training());
    if (found) found[key] = look.atIn(key, x, bent);
    picture.shade(this.shade, look.logProb(key), colors.tones[this.tone]);
  }

  // What does not lie on a canvas: after all canvases, which would else lay out the page again when
  // they ask for their size.
  tell() {
    if (!this.width) return;
    this.showGrips(picture.scales(this.width));
    this.say();
  }

  drawStrip(colors) {
    const { page, key, strip: canvas, stripSize: size } = this;
    if (this.stripBox.hidden) return;
    const { look, found, zeta } = page;
    if (!page.trained) {
      picture.prepare(canvas, look.d === 2 ? strip.PLANE : strip.HEIGHT, colors, size);
      return;
    }
    if (key === "mixture") {
      const height = look.d === 1 ? strip.HEIGHT : strip.PLANE;
      strip.drawShares(
        canvas,
        found ? found.mixture.shares : look.mixture.weights,
        height,
        colors,
        size,
      );
      return;
    }
    const here = found?.[key];
    const given = {
      prior: key === "autoencoder" ? "normal" : look.prior,
      tone: colors.tones[this.tone],
      qTone: colors.text,
      codes: look.codes[key],
      code: here?.code,
    };
    const { nodes, J } = look.rules.look;
    if (look.d === 1) {
      const cells = J / 9;
      const posterior =
        here?.shares &&
        ((u) => here.shares[Math.max(0, Math.min(J - 1, Math.floor((u + 4.5) * cells)))]);
      const q = here?.q && { m: here.q.m[0], logv: here.q.logv[0] };
      strip.drawLine(canvas, { ...given, posterior, q, zeta: zeta[0] }, colors, size);
    } else {
      const posterior = here?.shares && { nodes, shares: here.shares, cell: 9 / Math.sqrt(J) };
      strip.drawPlane(canvas, { ...given, posterior, q: here?.q, zeta }, colors, size);
    }
  }

  say() {
    const { found } = this.page;
    let text = "";
    if (found && this.key === "vae") text = about.vae(found.vae.logp, found.vae.bound);
    else if (found && this.key === "autoencoder") text = about.autoencoder(found.autoencoder.miss);
    else if (found) text = about[this.key](found[this.key].logp);
    if (this.about.textContent !== text) this.about.textContent = text;
  }

  showGrips(at) {
    const { page, key } = this;
    const grips = [this.crossGrip(at)];
    if (page.trained) {
      if (key === "mixture") grips.push(...this.mixtureGrips(at));
      else grips.push(this.beadGrip(at));
    }
    this.grips.show(grips);
    const onStrip = page.trained && key !== "mixture" && !this.stripBox.hidden;
    this.stripGrips.show(onStrip ? this.lineGrips() : []);
  }

  crossGrip(at) {
    const { page } = this;
    const x = page.x ?? [0, 0];
    const value = page.x ? x.map((v) => number(v, 1)).join(", ") : "not placed";
    return {
      id: "x",
      label: `x in ${this.name}; Enter draws a point, Delete erases`,
      value,
      at: at.to(x),
      drag: (p) => page.lookAt(at.from(p)),
      nudge: ([u, v]) => {
        const [x1, x2] = page.x ?? [0, 0];
        page.lookAt([x1 + 0.1 * u, x2 + 0.1 * v]);
      },
      press: (letter) => page.press(letter, page.x ?? [0, 0]),
    };
  }

  beadGrip(at) {
    const { page, key } = this;
    const { look, zeta } = page;
    return {
      id: "z",
      label: `z in ${this.name}`,
      value: zeta.map((u) => number(u, 2)).join(", "),
      at: at.to(look.place(key, zeta)),
      drag: (p) => page.setZeta(look.nearest(key, at.from(p))),
      nudge: (step) => page.nudgeZeta(step),
    };
  }

  mixtureGrips(at) {
    const { page } = this;
    const { means, covariances } = page.look.mixture;
    const centres = means.map((mean, k) => ({
      id: `mean${k}`,
      label: `middle of Gaussian ${k + 1}`,
      value: mean.map((v) => number(v, 1)).join(", "),
      at: at.to(mean),
      start: () => page.choose(k),
      drag: (p) => page.setMean(k, at.from(p)),
      nudge: ([u, v]) => {
        const [m1, m2] = page.look.mixture.means[k];
        page.setMean(k, [m1 + 0.1 * u, m2 + 0.1 * v]);
      },
      end: () => page.release(),
    }));
    const k = page.chosen;
    if (k === null || !means[k]) return centres;
    const axes = picture.axesOf(covariances[k]).map((axis, i) => ({
      id: `axis${i}`,
      label: `${i ? "short" : "long"} axis of Gaussian ${k + 1}`,
      value: number(Math.hypot(...axis), 2),
      at: at.to([means[k][0] + axis[0], means[k][1] + axis[1]]),
      drag: (p) => page.setAxis(k, i, at.from(p)),
      nudge: ([u, v]) => {
        const now = page.look.mixture;
        const [a1, a2] = picture.axesOf(now.covariances[k])[i];
        page.setAxis(k, i, [now.means[k][0] + a1 + 0.05 * u, now.means[k][1] + a2 + 0.05 * v]);
      },
      end: () => page.release(),
    }));
    return [...centres, ...axes];
  }

  lineGrips() {
    const { page, key } = this;
    const { look, zeta, found } = page;
    const [width] = this.stripSize;
    const flat = look.d === 2 && strip.plane(width);
    const along = strip.line(key === "autoencoder" ? "normal" : look.prior, width);
    const bend = (u) => this.bend(u);
    const foot = strip.HEIGHT - 15;
    const grips = [
      {
        id: "z",
        label: `z under ${this.name}`,
        value: zeta.map((u) => number(u, 2)).join(", "),
        at: flat ? flat.to(zeta) : [along.to(bend(zeta[0])), foot],
        drag: (p) => page.setZeta(flat ? flat.from(p) : [this.straighten(along.from(p[0]))]),
        nudge: (step) => page.nudgeZeta(step),
      },
    ];
    if (key !== "vae" || !found || flat) return grips;
    const now = ({ m, logv }) => ({ m: m[0], std: Math.exp(logv[0] / 2) });
    const q = now(found.vae.q);
    const bent = () => now(page.bent ?? found.vae.q);
    const set = (m, std) => page.bendQ(m, Math.max(0.01, Math.min(3, Math.abs(std))));
    const flank = q.m + Math.max(q.std, 0.02);
    return [
      ...grips,
      {
        id: "q-mean",
        label: "middle of q",
        value: number(q.m, 2),
        at: [along.to(bend(q.m)), 14],
        drag: ([px]) => set(this.straighten(along.from(px)), bent().std),
        nudge: ([u]) => set(bent().m + 0.05 * u, bent().std),
      },
      {
        id: "q-width",
        label: "standard deviation of q",
        value: number(q.std, 2),
        at: [along.to(bend(flank)) + 16, 34],
        drag: ([px]) => set(bent().m, this.straighten(along.from(px - 16)) - bent().m),
        nudge: ([u, v]) => set(bent().m, bent().std * 1.1 ** (u + v)),
      },
    ];
  }

  bend(u) {
    return strip.bent(this.key === "autoencoder" ? "normal" : this.page.look.prior, u);
  }

  straighten(z) {
    return strip.straighten(this.key === "autoencoder" ? "normal" : this.page.look.prior, z);
  }
}
