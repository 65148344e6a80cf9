// In a deck: the shown slide's prediction is opened for the class, closed, and resolved by "next".

import { get, post } from "./ask.js";
import { Panel } from "./panel.js";
import { Prediction } from "./predict.js";

const FACE = "[data-vq]";
const FORWARD = new Set([32, 34, 39, 40, 74, 76, 78]); // space, page down, right, down, j, l, n
const PAUSE = 400; // ms for which a slide must stay to be asked
const THEN = { open: "closed", closed: "measured" };
const { code } = document.querySelector("script[data-code]").dataset;
const at = `/teach/${code}`;
const panel = new Panel({ next: () => step() || Reveal.next(), again: () => turn("open") });
// While the class looks at a question: { root, number, face, phase, measured: whether that is known,
// busy: the server is being told, lost: it did not answer }.
let now = null;
let waiting = null;
let count = { answered: 0, phones: 0 };

function entered() {
  clearTimeout(waiting);
  const root = Reveal.getCurrentSlide()?.querySelector(FACE);
  if (root && root === now?.root) return;
  if (now) leave();
  if (root) waiting = setTimeout(() => meet(root), PAUSE);
}

function leave() {
  makeRoom(now.root, false);
  now = null;
  panel.hide();
  post(`${at}/show`, { number: null }).catch(() => {});
}

const numberOf = ({ dataset }) => JSON.parse(dataset.vq).number;
const isAnswer = ({ dataset, prediction }) =>
  dataset.vqForm === "reveal" || prediction?.state.measured != null;

async function meet(root) {
  const mine = { root, number: numberOf(root), busy: true };
  now = mine;
  await tell(mine, async () => {
    const found = await get(`${at}/questions/${mine.number}`);
    mine.measured = found.measured !== null;
    mine.face = root.prediction ??= new Prediction(root, found.question, { form: "screen" });
    const fresh = found.phase === "open" || !found.guesses.length;
    return isAnswer(root) ? "measured" : fresh ? "open" : found.phase;
  });
}

const turn = (phase) => tell(now, async () => phase);

// Everybody sees a phase: first the server and the phones, then the slide.
async function tell(mine, choose) {
  mine.busy = true;
  try {
    const phase = await choose();
    if (now !== mine) return;
    await post(`${at}/show`, { number: mine.number, phase });
    const found = await get(`${at}/questions/${mine.number}`);
    if (now === mine) draw(mine, phase, found);
    mine.lost = false;
  } catch (error) {
    mine.lost = true;
    panel.aside.hidden = false;
    panel.say(`The room does not answer. ${error.message}`);
  } finally {
    mine.busy = false;
  }
}

function draw(mine, phase, { guesses, measured }) {
  mine.phase = phase;
  const shown = phase === "open" ? null : guesses;
  mine.face.show({ guesses: shown, measured: phase === "measured" ? measured : null });
  count = { ...count, answered: guesses.length };
  panel.show(phase, mine.measured);
  makeRoom(mine.root, phase === "open");
  panel.count(count);
}

// Beside the slide's words and face, below its title, for the panel.
function makeRoom(root, wanted) {
  const body = root.closest(".body") ?? root.parentElement;
  body.style.marginRight = wanted ? "235px" : "";
}

// Whether there was something to show before the deck moves on. Where the deck has a step of its
// own that shows what was measured, that one is waited for.
function step() {
  if (now?.busy) return true; // the same key again, before the server answered
  const phase = THEN[now?.phase];
  const nobody = count.phones + count.answered === 0;
  if (!phase || nobody || now.lost) return false;
  if (phase === "measured" && (!now.measured || ownStep(now.root))) return false;
  turn(phase);
  return true;
}

const ownStep = (root) => root.closest("section").querySelector(".measured.fragment:not(.visible)");

function stepped({ fragment, type }) {
  if (!now?.measured || !fragment.classList.contains("measured")) return;
  turn(type === "fragmentshown" ? "measured" : "closed");
}

// For Reveal: whether the deck shall take this key.
function key(event) {
  const path = event.composedPath?.() ?? [];
  const { keyCode } = event;
  if (path.includes(panel.host) && [13, 32].includes(keyCode)) return false; // its buttons take it
  if (path[0]?.closest?.("input, select, textarea, button, summary, [contenteditable]"))
    return true;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return true;
  if (keyCode === 81 && now) panel.enlarge();
  if (!FORWARD.has(keyCode) || Reveal.isOverview() || Reveal.isPaused()) return true;
  return !step();
}

function listen() {
  const stream = new EventSource(`${at}/events`);
  stream.addEventListener("state", ({ data }) => {
    const { number, answered, phones } = JSON.parse(data);
    count = { phones, answered: number === now?.number ? answered : 0 };
    if (now) panel.count(count);
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

async function start() {
  panel.join(await get(`${at}/code`));
  listen();
  const before = Reveal.getConfig().keyboardCondition;
  const keyboardCondition = (event) =>
    key(event) && (typeof before === "function" ? before(event) : true);
  Reveal.configure({ keyboardCondition });
  Reveal.on("slidechanged", entered);
  Reveal.on("fragmentshown", stepped);
  Reveal.on("fragmenthidden", stepped);
  entered();
}

// Not in the small slides of the speaker's view, and not on paper.
if (window === window.top && !/handout|print-pdf|receiver/.test(location.search)) {
  if (Reveal.isReady()) start();
  else Reveal.on("ready", start);
}
