// The elements of the page.

import { make } from "../../front/page.js";
import { button, group } from "../../playground/page/controls.js";
import { number } from "../../words.js";
import { SHOWN, VIEWS } from "./address.js";
import { CHALLENGES } from "./challenges.js";
import { Pad } from "./pad.js";
import { nats } from "./paint.js";
import { Task } from "../../front/task.js";

const TOOLS = [["draw", "Draw"], ["erase", "Erase"], ["move", "Move"]]; // prettier-ignore
const MODELS = [[2, "2 numbers"], [20, "20 numbers"]]; // prettier-ignore
const ABOUT =
  "Draw on the page. A VAE of black-and-white digits encodes it, decodes it, and says what it costs in nats: 0 would be certain, and one nat better is 2.7 times as likely.";

export function build(page) {
  const { root, id } = page;
  const attributes = {
    role: "group", "aria-labelledby": `${id}-title`, dir: "ltr", lang: "en",
    "data-lm-suppress-shortcuts": "true", "data-prevent-swipe": "",
  }; // prettier-ignore
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  root.classList.add("vx", "vp", "vd");
  page.on(root, "keydown", (event) => event.stopPropagation());
  const title = make(
    "span",
    { class: "vx-title", id: `${id}-title`, role: "heading", "aria-level": 2 },
    "Draw a digit",
  );
  const model = make(
    "span",
    { class: "vp-line", style: "margin: 0" },
    "code of",
    group(page, "numbers in the code", "model", MODELS),
  );
  page.sentence = make("p", { class: "vx-sentence", id: `${id}-sentence`, role: "status" });
  page.notice = make("p", { class: "vx-notice", role: "alert", hidden: "" });
  page.big = make("strong", { class: "vd-big" });
  page.rank = make("span", { class: "vd-rank" });
  page.pad = new Pad(page);
  page.task = new Task(page, CHALLENGES, "digit");
  root.replaceChildren(
    make("div", { class: "vp-head" }, title, model),
    make("p", { class: "vx-about" }, ABOUT),
    make("div", { class: "vd-top" },
      make("p", { class: "vd-line", "data-part": "score" }, page.big, page.rank),
      make("div", { class: "vd-hand" }, ...hand(page)),
      make("div", { class: "vd-rest" },
        make("div", { class: "vd-score", "data-part": "score" }, ...score(page)),
        make("div", { class: "vd-row" }, ...panels(page)))),
    page.notice,
    make("div", { "data-part": "sentence" }, page.sentence),
    page.task.node,
    marks(page),
    sharing(page),
  ); // prettier-ignore
  for (const node of root.querySelectorAll("[data-part]"))
    node.hidden ||= page.hide.includes(node.dataset.part);
}

// The pad, and all that changes it.
function hand(page) {
  const tools = make("div", { class: "vp-line", "data-part": "tools" },
    group(page, "what the hand does", "tool", TOOLS),
    ...[["Clear", "clear"], ["Undo", "undo"], ["Invert", "invert"], ["Fit like MNIST", "fit"]].map(([text, act]) =>
      button(page, text, () => page.act(act), { "data-act": act }))); // prettier-ignore
  const view = make(
    "div",
    { class: "vp-line", "data-part": "tools" },
    "shown:",
    group(page, "how the drawing is shown", "view", Object.entries(VIEWS)),
  );
  const { ink, labels } = page.file.shown;
  page.thumbs = ink.map((levels, i) => ({
    levels,
    canvas: make("canvas", { "aria-hidden": "true" }),
  }));
  const digits = page.thumbs.map(({ canvas }, i) => {
    const node = button(page, "", () => page.act("pick", i + 1), {
      class: "vd-thumb",
      "data-digit": i + 1,
      "aria-label": `held-out digit ${i + 1}: a ${labels[i]}`,
    });
    node.append(canvas);
    return node;
  });
  page.key = make("p", { class: "vp-about vd-key" });
  return [
    page.pad.node,
    page.key,
    tools,
    view,
    make(
      "div",
      { class: "vd-digits", "data-part": "digits", role: "group", "aria-label": "held-out digits" },
      ...digits,
    ),
  ];
}

const picture = (page, label) =>
  make("canvas", { role: "img", "aria-label": label, "data-say": label });

function score(page) {
  page.axis = picture(page, "log p(x) of this page among those of held-out digits");
  page.terms = picture(page, "both terms of the bound");
  page.curve = picture(page, "the estimate of log p(x) by the number of draws");
  return [page.axis, make("div", { class: "vd-two" }, page.terms, page.curve)];
}

function panels(page) {
  page.code = picture(page, "q(z|x)");
  page.codeTitle = make("figcaption", {});
  page.seen = picture(page, "the reconstruction");
  page.nearby = picture(page, "the nearest training digits");
  const again = button(page, "Again", () => page.drawAgain());
  return [
    make("figure", { "data-part": "code" }, page.codeTitle, page.code),
    make("figure", { "data-part": "picture" }, make("figcaption", {}, "Decoded again"), page.seen,
      make("div", { class: "vp-line" }, group(page, "what is decoded", "shown", Object.entries(SHOWN)), again)),
    make("figure", { "data-part": "near" }, make("figcaption", {}, "Nearest training digits"), page.nearby,
      make("p", { class: "vp-about" }, `by squared distance; held-out digits: ${number(page.file.head.near, 0)} (median)`)),
  ]; // prettier-ignore
}

// What was measured when the file was packed.
function marks(page) {
  const { head } = page.file;
  const costs = Object.entries(head.models).map(
    ([
      d,
      {
        cost: [nats, se],
      },
    ]) => `${number(nats, 3)} ± ${number(se, 3)} nats with ${d} numbers`,
  );
  const [two, twenty] = [head.models[2], head.models[20]];
  const text = [
    "Pixels are black or white: each is drawn once from its ink, as lesson 08 draws the training images, and the likelihood is Bernoulli.",
    "The bars for pixels and price are averages over draws from q; KL is the closed form; L_k is an average over blocks of the same draws, so it never falls with k.",
    `Both models are small, and each weight is one byte. Against the weights as trained that costs ${costs.join(", ")}, a held-out digit (${two.n_cost.toLocaleString("en")} digits, ${two.k_cost} draws each, the same seeds; ± is one standard error).`,
    `Medians of log p(x), 2 and 20 numbers: inverted digits ${nats(two.inverted)} and ${nats(twenty.inverted)}, digits with shuffled pixels ${nats(two.shuffled)} and ${nats(twenty.shuffled)}, both no more than lower limits.`,
    `“Each pixel by itself” has no code; its median over held-out digits is ${number(head.alone, 0)}. Distances are squared, of greys; the median held-out digit is ${number(head.near, 0)} from its nearest of the ${page.file.known.ink.length} training digits kept here.`,
    "Keys on the drawing: arrows move the pen, Space draws, Enter holds it down, Delete erases; with Move, arrows move the drawing.",
  ];
  return make(
    "details",
    { class: "vp-settings" },
    make("summary", {}, "What is measured here, and how"),
    ...text.map((each) => make("p", { class: "vx-source" }, each)),
  );
}

function sharing(page) {
  const link = make("textarea", { rows: 3, readonly: "", "aria-label": "address of this state" });
  const box = make("details", { class: "vp-share", "data-part": "share" }, make("summary", {}, "Share: this page as an address"),
    make("p", {}, "It brings back the drawing and what is shown. Add &hide=challenges,score for a class."), link); // prettier-ignore
  page.on(box, "toggle", () => (link.value = page.address()));
  return box;
}
