// Words that are explained, and keys that go far. Run by tests/test_explore_front.py.

import assert from "node:assert/strict";
import { test } from "node:test";

const FRONT = "../../vaelib/teaching/explore/front/";
const { GLOSSARY, split } = await import(`${FRONT}glossary.js`);
const { leap } = await import(`${FRONT}keys.js`);

test("each word of the glossary stands alone where a text has it first", () => {
  const text =
    "KL, in nats: Posterior, bound; Unseen, held-out digits. KL again, klein, unbounded.";
  const parts = split(text);
  assert.equal(parts.map(([part]) => part).join(""), text);
  const found = parts.filter(([, word]) => word);
  const wanted = [
    ["KL", "KL"],
    ["nats", "nats"],
    ["Posterior", "posterior"],
    ["bound", "bound"],
  ];
  assert.deepEqual(found, [...wanted, ["Unseen", "held out"]]);
  assert.deepEqual(found.map(([, word]) => word).sort(), Object.keys(GLOSSARY).sort());
  assert.deepEqual(split("unbounded klein"), [["unbounded klein", null]]);
});

test("what was explained before stays plain", () => {
  const seen = new Set();
  assert.equal(split("1 nat", seen)[1][1], "nats");
  assert.deepEqual(split("2 nats", seen), [["2 nats", null]]);
});

test("a page is a tenth of the values, Home and End lead over all of them", () => {
  const values = Array.from({ length: 101 }, (_, i) => i);
  assert.deepEqual(
    ["PageUp", "PageDown"].map((key) => leap(key, values)),
    [11, -11],
  );
  assert(leap("Home", values) <= -100 && leap("End", values) >= 100);
  assert.equal(leap("Enter", values), undefined);
});
