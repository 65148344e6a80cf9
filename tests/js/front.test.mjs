// The parts of the explorers' front end that need no browser. Run by tests/test_explore_front.py.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { gzipSync } from "node:zlib";

const EXPLORE = "../../vaelib/teaching/explore/";
const { place, ticks } = await import(`${EXPLORE}front/axes.js`);
const { Kernel } = await import(`${EXPLORE}front/kernel.js`);
const packed = await import(`${EXPLORE}front/packed.js`);
const { decodeAll, gunzip, nearest, onGrid, unpack } = packed;
const { number, rounded } = await import(`${EXPLORE}words.js`);

test("numbers have a true minus sign, and zero has none", () => {
  assert.equal(number(-1.25, 1), "−1.3");
  assert.equal(number(-0.04, 1), "0.0");
  assert.equal(number(-0, 0), "0");
  assert.equal(rounded(0.125, 2), "0.13");
  assert.equal(rounded(-2.876, 2), "−2.88");
});

test("ticks are even multiples of 1, 2 or 5 times a power of ten, within the axis", () => {
  const axes = [[0, 1], [-8, 8], [-2.6, 2.6], [0, 2.9], [-20, 0], [0.4, 2.6], [-0.15, 0.8]];
  for (const [low, high] of axes) {
    for (const wanted of [2, 4, 6]) {
      const values = ticks({ low, high }, wanted).map(([value]) => value);
      assert(values.length >= 1 && values.length <= wanted + 1);
      assert(values.every((value) => value >= low - 1e-9 && value <= high + 1e-9));
      if (values.length < 2) continue;
      const step = values[1] - values[0];
      const lead = Number(step.toExponential(6).split("e")[0]);
      assert([1, 2, 5].includes(lead), `${lead}`);
      for (const value of values) assert(Math.abs(value / step - Math.round(value / step)) < 1e-6);
      assert(values[0] - step < low && values.at(-1) + step > high);
    }
  }
  assert.deepEqual(ticks({ low: -1, high: 1 }, 4).map(([, text]) => text), [
    "−1.0", "−0.5", "0.0", "0.5", "1.0",
  ]);
});

test("an axis of logarithms has powers of ten, in a short one 2 and 5 times them, too", () => {
  const texts = (low, high, wanted) =>
    ticks({ low, high, log: true }, wanted).map(([, text]) => text);
  assert.deepEqual(texts(0.01, 100, 5), ["0.01", "0.1", "1", "10", "100"]);
  assert.deepEqual(texts(1e-4, 100, 4), ["0.0001", "0.01", "1", "100"]);
  assert.deepEqual(texts(0.1, 1.5, 6), ["0.1", "0.2", "0.5", "1"]);
  const { x } = place({ x: { low: 0.1, high: 10, log: true }, aspect: 1 }, 400);
  assert(Math.abs(x(1) - (x(0.1) + x(10)) / 2) < 1e-9 && Math.abs(x.back(x(3)) - 3) < 1e-9);
});

test("a panel's scales take its limits to its box, and equal axes have equal units", () => {
  const axis = { low: -2, high: 3 };
  const at = place({ x: axis, y: { low: 0, high: 10 }, aspect: 2 }, 400);
  assert.deepEqual([at.x(-2), at.x(3), at.y(0), at.y(10)], [at.left, at.right, at.bottom, at.top]);
  assert(Math.abs((at.right - at.left) / (at.bottom - at.top) - 2) < 1e-9);
  const equal = place({ x: axis, y: { low: 0, high: 10 }, equal: true }, 400);
  assert(Math.abs(equal.x(1) - equal.x(0) - (equal.y(0) - equal.y(1))) < 1e-9);
  const long = place({ x: axis, aspect: 1 }, 400, ["a long name of a bar"]);
  assert(long.left > 100 && long.left <= 0.42 * 400);
});

test("the nearest value is found, words by themselves, the first of two as near", () => {
  assert.equal(nearest([0, 1, 4], 2.6), 2);
  assert.equal(nearest([0, 1, 4], 2.5), 1);
  assert.equal(nearest([0, 1, 4], -9), 0);
  assert.equal(nearest(["up", "down"], "down"), 1);
  assert.equal(onGrid({ values: [0, 1, 4] }, 3), 4);
});

function file(head, body) {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(4 + text.length + body.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(body, 4 + text.length);
  return bytes;
}

test("a file is its declaration and its fixed arrays", async () => {
  const declared = { name: "small", fixed: [["still", "u1", [2]], ["last", "u1", [1, 1]]] };
  const { head, fixed } = unpack(await gunzip(gzipSync(file(declared, [7, 8, 9]))));
  assert.deepEqual(head, declared);
  assert.deepEqual([[...fixed.still.data], [...fixed.last.data]], [[7, 8], [9]]);
  assert.deepEqual(fixed.last.shape, [1, 1]);
});

test("arrays lie one after the other", () => {
  const floats = new Float32Array([1.5, -2]);
  const bytes = new Uint8Array(12);
  bytes.set([9, 8, 7, 6]);
  bytes.set(new Uint8Array(floats.buffer), 4);
  const { a, b } = decodeAll(bytes.buffer, 0, [["a", "u1", [2, 2]], ["b", "f4", [2]]]);
  assert.deepEqual([[...a.data], a.shape, [...b.data]], [[9, 8, 7, 6], [2, 2], [1.5, -2]]);
});

// A kernel whose messages are kept, and a face that notes what it is told.
function connected() {
  const sent = [];
  const told = [];
  const handlers = {};
  const model = {
    send: (message) => sent.push(message),
    on: (name, handler) => (handlers[name] = handler),
    off: (name) => delete handlers[name],
  };
  const face = {
    compute: (why) => told.push(["page", why]),
    show: ({ sentence }) => told.push(["shown", sentence]),
    complain: (why) => told.push(["error", why]),
    goOnAlone: (why) => told.push(["alone", why]),
  };
  const kernel = new Kernel(model);
  kernel.connect(face);
  const buffers = [new DataView(new ArrayBuffer(0))];
  const answer = (message) => handlers["msg:custom"]({ arrays: [], ...message }, buffers);
  return { kernel, sent, told, handlers, answer };
}

test("the kernel has one request at a time, and only the newest one waits", () => {
  const { kernel, sent, told, answer } = connected();
  for (const a of [1, 2, 3]) kernel.ask({ a });
  assert.deepEqual(sent.map(({ parameters }) => parameters.a), [1]);
  answer({ id: sent[0].id, sentence: "one" });
  assert.deepEqual(sent.map(({ parameters }) => parameters.a), [1, 3]);
  answer({ id: sent[0].id, sentence: "again" });
  answer({ id: sent[1].id, sentence: "three" });
  assert.deepEqual(told, [["shown", "one"], ["shown", "three"]]);
  kernel.ask({ a: 4 });
  answer({ id: sent[2].id, error: "ValueError: a" });
  assert.deepEqual(told.at(-1), ["error", "ValueError: a"]);
  kernel.disconnect();
});

test("while a kernel is late the page computes; after a lost one for good", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { kernel, sent, told, handlers, answer } = connected();
  kernel.ask({ a: 1 });
  mock.timers.tick(699);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.match(told[0][1], /busy or gone/);
  kernel.ask({ a: 2 });
  assert.equal(told.length, 2);
  answer({ id: sent[0].id, sentence: "one" });
  kernel.ask({ a: 3 });
  assert.deepEqual(told.at(-1), ["shown", "one"]);
  handlers.comm_live_update();
  assert.match(told.at(-1)[1], /stopped or restarted/);
  assert.equal(kernel.alive, false);
  answer({ id: sent[1].id, sentence: "two" });
  mock.timers.tick(1000);
  assert.equal(told.at(-1)[0], "alone");
  mock.timers.reset();
});
