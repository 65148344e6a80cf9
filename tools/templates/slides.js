// What every deck does: the short form, the dark room, predictions, and paper.

const asked = new URLSearchParams(location.search);
const paper = asked.get("handout"); // null on a screen, "" or "notes" on paper
const form = asked.has("short") ? "short" : "long";
const page = document.documentElement;
const all = (query) => [...document.querySelectorAll(query)];

// The form: what it leaves out, and the seconds of each slide for the speaker's clock.
for (const section of all(".slides > section")) {
  const seconds = 60 * section.dataset[form];
  if (!seconds && form === "short") section.remove();
  section.dataset.timing = seconds;
}

// Light or dark, as the system says, until D is pressed. Explorers read the same attribute.
const room = matchMedia("(prefers-color-scheme: dark)");
const paint = (dark) => {
  page.dataset.theme = dark && paper === null ? "dark" : "light";
};
paint(room.matches);
room.addEventListener("change", () => paint(room.matches));

// Predictions: the measurement is drawn where its step is shown.
globalThis.deck = {
  ask(Prediction) {
    for (const root of all(".vq[data-vq]")) {
      root.prediction = new Prediction(root, JSON.parse(root.dataset.vq), { form: "screen" });
      new ResizeObserver(() => shrink(root)).observe(root);
      new MutationObserver(() => choose(root)).observe(root, { childList: true, subtree: true });
    }
    reveal();
  },
};

function reveal() {
  for (const step of all(".predict > .measured")) {
    const root = step.parentElement.querySelector(".vq");
    const seen = paper !== null || step.classList.contains("visible");
    if (!root.prediction || (root.dataset.seen ?? "false") === `${seen}`) continue;
    root.dataset.seen = seen;
    root.prediction.show({ measured: seen ? JSON.parse(root.dataset.vqMeasured) : null });
  }
}

// The options stand in large letters until there are guesses to draw.
function choose(root) {
  const { guesses, measured } = root.prediction.state;
  root.parentElement.toggleAttribute("data-guessed", Boolean(guesses));
  for (const option of root.parentElement.querySelectorAll(".options > li")) {
    option.toggleAttribute("data-true", option.dataset.key === measured);
  }
}

// What is on the slide takes the room that is left: explorers by height, predictions by a smaller
// picture, words alone by larger letters, formulas that are too wide by smaller ones, of 24 px or
// more.
function fit() {
  for (const place of all(".explorer").filter(seen)) {
    const [root] = place.children;
    root.style.setProperty("--room", `${Math.floor(place.clientHeight / magnified(root))}px`);
  }
  for (const root of all(".predict > .vq").filter(seen)) {
    root.querySelector("canvas")?.style.removeProperty("max-width");
    root.prediction?.draw();
    shrink(root);
  }
  for (const body of all(".plain:not(.lead) > .body").filter(seen)) grow(body);
  for (const formula of all(FORMULAS).filter(seen)) narrow(formula);
}

const FORMULAS = ".derive, .equation > div, .body p, .math.block";
const LETTERS = [42, 40, 38, 36, 34]; // px

const rectangle = (node) => node.getBoundingClientRect();
const seen = (node) => node.clientHeight > 0;
const magnified = (root) => Number(getComputedStyle(root).zoom) || 1;

function shrink(root) {
  const canvas = root.querySelector("canvas");
  const room = root.parentElement.clientHeight / magnified(root);
  for (let tries = 0; tries < 4 && canvas?.clientHeight; tries++) {
    const over = root.offsetHeight - room;
    if (over <= 0) return;
    const share = 1 - over / canvas.clientHeight;
    canvas.style.maxWidth = `${Math.floor(Math.max(0.3, share) * canvas.clientWidth)}px`;
    root.prediction?.draw();
  }
}

function grow(body) {
  const lines = [...body.querySelectorAll(`${FORMULAS}, .highlight pre`)];
  for (const line of lines) line.style.fontSize = "";
  for (const size of LETTERS) {
    body.style.fontSize = `${size}px`;
    const [{ top, height }, { bottom }] = [body, body.lastElementChild].map(rectangle);
    const small = bottom - top <= 0.9 * height;
    if (small && lines.every((line) => tooWide(line) <= 1)) return;
  }
}

function narrow(formula) {
  if (!formula.querySelector("mjx-container")) return;
  formula.style.fontSize = "";
  const size = Number.parseFloat(getComputedStyle(formula).fontSize);
  const share = tooWide(formula);
  if (share > 1) formula.style.fontSize = `${Math.max(24, size / share)}px`;
}

// How many times as wide as its room.
function tooWide(formula) {
  const table = formula.matches("table");
  const room = table ? formula.parentElement.clientWidth : formula.clientWidth;
  return (table ? formula.offsetWidth : formula.scrollWidth) / room;
}

// A presenter's remote turns slides, also while a hand holds a picture.
function remote(event) {
  const held = event.target.closest?.(".vx");
  if (!held || !/^Page(Up|Down)$/.test(event.key)) return;
  event.stopPropagation();
  event.preventDefault();
  document.activeElement.blur();
  if (event.key === "PageDown") Reveal.next();
  else Reveal.prev();
}

async function screen() {
  addEventListener("keydown", remote, true);
  for (const name of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) {
    document.querySelector(".reveal").addEventListener(name, () => (reveal(), fit()));
  }
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    hash: true,
    transition: "none",
    controls: false,
    slideNumber: "c/t",
    pdfSeparateFragments: false,
    totalTime: all(".slides > section").reduce((sum, one) => sum + Number(one.dataset.timing), 0),
    plugins: [RevealNotes],
  });
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light room" }, () =>
    paint(page.dataset.theme !== "dark"),
  );
}

// On paper everything is shown, one slide a page, or with what is spoken below it.
function print() {
  page.classList.add("handout", paper || "slides", "print-pdf"); // else reveal.js has its own paper
  const size = paper === "notes" ? "210mm 297mm; margin: 12mm" : "1280px 720px; margin: 0";
  const style = document.createElement("style");
  style.textContent = `@page { size: ${size} }`;
  document.head.append(style);
  fit();
  reveal();
}

globalThis.MathJax = {
  tex: { inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]] },
  chtml: { matchFontHeight: false },
  options: { enableMenu: false, ignoreHtmlClass: "vx" },
  startup: {
    ready() {
      if (paper === "notes") MathJax.config.tex.inlineMath.push(["$", "$"]);
      MathJax.startup.defaultReady();
      deck.ready = MathJax.startup.promise.then(() => (paper === null ? screen() : print()));
    },
  },
};
