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
      root.prediction = new Prediction(root, JSON.parse(root.dataset.vq), {
        form: "screen",
        guesses: [],
      });
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

// An explorer takes the height that its slide leaves.
function fit() {
  for (const place of all(".explorer")) {
    const [root] = place.children;
    if (!place.clientHeight) continue;
    root.style.setProperty("--room", `${Math.floor(place.clientHeight / magnified(root))}px`);
  }
}

const magnified = (root) => Number(getComputedStyle(root).zoom) || 1;

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

function screen() {
  addEventListener("keydown", remote, true);
  for (const name of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) {
    document.querySelector(".reveal").addEventListener(name, () => (fit(), reveal()));
  }
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light room" }, () =>
    paint(page.dataset.theme !== "dark"),
  );
  return Reveal.initialize({
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
}

// On paper everything is shown, one slide a page, or two a page with what is spoken.
function print() {
  page.classList.add("handout", paper || "slides");
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
