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
  "Draw on the page. A VAE that learned black-and-white digits squeezes it into a few numbers, makes a page of them again, and says how likely it finds yours: whatever you draw, it has a number.";
const NATS =
  "log p(x) says how likely the model finds this page, all 784 pixels at once: 0 would be certain, and what is nearer to 0 is likelier. It counts in nats: one nat more is 2.7 times as likely, ten are 22,000 times.";

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
    "squeezed into",
    group(page, "numbers in the code", "model", MODELS),
  );
  page.sentence = make("p", { class: "vx-sentence", id: `${id}-sentence`, role: "status" });
  page.notice = make("p", { class: "vx-notice", role: "alert", hidden: "" });
  page.big = make("strong", { class: "vd-big" });
  page.logp = make("span", {});
  page.pad = new Pad(page);
  page.task = new Task(page, CHALLENGES, "digit");
  root.replaceChildren(
    make("div", { class: "vp-head" }, title, model),
    make("p", { class: "vx-about" }, ABOUT),
    make("div", { class: "vd-top" },
      make("div", { class: "vd-line", "data-part": "score" }, page.big, page.logp, fold("vd-nats", "What is a nat?", make("p", {}, NATS))),
      yours(page),
      back(page),
      make("div", { class: "vd-say", "data-part": "sentence" }, page.sentence),
      make("div", { class: "vd-tools", "data-part": "tools" }, ...tools(page)),
      digits(page),
      make("div", { class: "vd-axis", "data-part": "score" }, page.axis = picture(page, "log p(x) of this page among those of held-out digits"))),
    page.notice,
    page.task.node,
    details(page),
    marks(page),
    sharing(page),
  ); // prettier-ignore
  for (const node of root.querySelectorAll("[data-part]"))
    node.hidden ||= page.hide.includes(node.dataset.part);
}

const picture = (page, label) =>
  make("canvas", { role: "img", "aria-label": label, "data-say": label });

const fold = (name, summary, ...nodes) =>
  make("details", { class: name }, make("summary", {}, summary), ...nodes);

// The page one draws on.
function yours(page) {
  page.key = make("span", { class: "vd-key" });
  page.small = make("canvas", { "aria-hidden": "true" });
  const small = make(
    "span",
    { class: "vd-small", "data-part": "picture" },
    "comes back",
    page.small,
  );
  const caption = make("figcaption", {}, page.key, small);
  return make("figure", { class: "vd-yours" }, caption, page.pad.node);
}

// What the decoder makes of its code.
function back(page) {
  page.seen = picture(page, "the reconstruction");
  return make("figure", { class: "vd-back", "data-part": "picture" },
    make("figcaption", {}, "What comes back",
      make("span", { class: "vp-line" }, group(page, "what is decoded", "shown", Object.entries(SHOWN)),
        button(page, "Again", () => page.drawAgain()))),
    page.seen); // prettier-ignore
}

// All that changes the drawing, and how it is shown.
function tools(page) {
  const acts = (...some) =>
    some.map(([text, act]) => button(page, text, () => page.act(act), { "data-act": act }));
  return [
    make("div", { class: "vp-line" }, group(page, "what the hand does", "tool", TOOLS),
      ...acts(["Clear", "clear"], ["Undo", "undo"])),
    make("div", { class: "vp-line" }, ...acts(["Into the frame", "fit"]), "no digit:", ...acts(["Star", "star"], ["Invert", "invert"])),
    make("div", { class: "vp-line" }, "shown:", group(page, "how the drawing is shown", "view", Object.entries(VIEWS))),
  ]; // prettier-ignore
}

function digits(page) {
  const { ink, labels } = page.file.shown;
  page.thumbs = ink.map((levels) => ({
    levels,
    canvas: make("canvas", { "aria-hidden": "true" }),
  }));
  const nodes = page.thumbs.map(({ canvas }, i) => {
    const node = button(page, "", () => page.act("pick", i + 1), {
      class: "vd-thumb",
      "data-digit": i + 1,
      "aria-label": `held-out digit ${i + 1}: a ${labels[i]}`,
    });
    node.append(canvas);
    return node;
  });
  return make(
    "div",
    { class: "vd-digits", "data-part": "digits", role: "group", "aria-label": "held-out digits" },
    ...nodes,
  );
}

// What the number is made of, folded.
function details(page) {
  page.terms = picture(page, "both terms of the bound");
  page.curve = picture(page, "the estimate of log p(x) by the number of draws");
  page.code = picture(page, "q(z|x)");
  page.codeTitle = make("figcaption", {});
  page.nearby = picture(page, "the nearest training digits");
  const figure = (part, title, canvas, ...rest) => {
    const caption = typeof title === "string" ? make("figcaption", {}, title) : title;
    return make("figure", { "data-part": part }, caption, canvas, ...rest);
  };
  const near = `by squared distance; held-out digits: ${number(page.file.head.near, 0)} (median)`;
  const box = fold("vp-settings vd-more", "How the number is made",
    make("div", { class: "vd-row" },
      figure("score", "What the page costs: −L, the bound", page.terms),
      figure("score", "More draws find more: log p̂(x)", page.curve),
      figure("code", page.codeTitle, page.code),
      figure("near", "Nearest training digits", page.nearby, make("p", { class: "vp-about" }, near)))); // prettier-ignore
  page.on(box, "toggle", () => page.touch());
  return box;
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
