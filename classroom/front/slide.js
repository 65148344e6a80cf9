// In a deck: the shown slide's prediction is opened for the class, closed, and resolved by "next".

import { get, post } from "./ask.js";
import { Panel } from "./panel.js";
import { Prediction } from "./predict.js";

const FACES = "[data-vp-number], [data-vq]";
const FORWARD = new Set([32, 34, 39, 40, 74, 76, 78]); // space, page down, right, down, j, l, n
const PAUSE = 400; // ms for which a slide must stay to be asked
const THEN = { open: "closed", closed: "measured" };
const { code } = document.querySelector("script[data-code]").dataset;
const at = `/teach/${code}`;
const panel = new Panel({ next: () => step(), again: () => turn("open") });
let now = null; // { root, number, face, phase } while the class looks at a question
let waiting = null;
let count = { answered: 0, phones: 0 };

function entered() {
  clearTimeout(waiting);
  const root = Reveal.getCurrentSlide()?.querySelector(FACES);
  if (root && root === now?.root) return;
  if (now) leave();
  if (root) waiting = setTimeout(() => meet(root), PAUSE);
}

function leave() {
  now = null;
  panel.hide();
  told(post(`${at}/show`, { number: null }));
}

const numberOf = ({ dataset }) => dataset.vpNumber ?? JSON.parse(dataset.vq).number;
const isAnswer = ({ dataset, prediction }) =>
  [dataset.vpForm, dataset.vqForm].includes("reveal") || prediction?.state.measured != null;

async function meet(root) {
  const number = numberOf(root);
  const mine = { root, number };
  now = mine;
  const found = await get(`${at}/questions/${number}`);
  if (now !== mine) return;
  const answer = isAnswer(root);
  mine.face = root.prediction ??= new Prediction(root, found.question, { form: "screen" });
  const fresh = found.phase === "open" || !found.guesses.length;
  await turn(answer ? "measured" : fresh ? "open" : found.phase);
}

// Everybody sees this phase: first the server and the phones, then the slide.
async function turn(phase) {
  const mine = now;
  await told(post(`${at}/show`, { number: mine.number, phase }));
  const found = await get(`${at}/questions/${mine.number}`);
  if (now !== mine) return;
  mine.phase = phase;
  const guesses = phase === "open" ? null : found.guesses;
  mine.face.show({ guesses, measured: phase === "measured" ? found.measured : null });
  count = { ...count, answered: found.guesses.length };
  panel.count(count);
  panel.show(phase);
}

// Whether there was something to show before the deck moves on.
function step() {
  const someone = count.phones > 0 || count.answered > 0;
  const phase = THEN[now?.phase];
  if (!phase || !someone) return false;
  now.phase = null; // the same key again, before the server answered, does nothing
  turn(phase);
  return true;
}

function key(event) {
  if (event.target?.closest?.("input, select, textarea, button, summary, [contenteditable]"))
    return true;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return true;
  if (event.keyCode === 81 && now) panel.enlarge();
  if (!FORWARD.has(event.keyCode) || Reveal.isOverview() || Reveal.isPaused()) return true;
  const busy = now?.face && now.phase === null;
  return !(busy || step());
}

async function told(promise) {
  try {
    return await promise;
  } catch (error) {
    panel.find(".count").textContent = `The room does not answer. ${error.message}`;
    return null;
  }
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
  entered();
}

// Not in the small slides of the speaker's view, and not on paper.
if (window === window.top && !/print-pdf|receiver/.test(location.search)) {
  if (Reveal.isReady()) start();
  else Reveal.on("ready", start);
}
