// The race as it runs by itself, in a worker or, where none may start, in the page. It hears
// messages and posts frames; both sides speak plain objects.
//
//   heard   {points, held} {settings} {restart} {run} {pace} {until} {keep} {mixture} {go} {split}
//   posted  {round, running, d, width, prior, weights, moments}     some sixty a second
//           {numbers}                                     at most eight a second, and at each rest
//           {gap}                                         after {split}

import { Race } from "./race.js";

const FRAME = 16; // ms between frames
const NUMBERS = 125; // ms between numbers, at least
const SHARE = 9; // so many times as long as they took, it trains before it measures again
const KEPT = 60; // moments that are kept to go back to

export class Trainer {
  // slice: ms of rounds at once; later(f, ms): calls f after so long, at 0 as soon as messages have
  // been heard.
  constructor(post, { slice, later, now = () => performance.now() }) {
    Object.assign(this, { post, slice, later, now });
    this.race = new Race();
    this.running = false;
    this.pace = Infinity; // rounds a second
    this.until = Infinity; // the round at which it rests
    this.keep = false; // the mixture is in the hand
    this.forget();
    this.framed = this.counted = -Infinity;
    this.cost = 0; // ms that the last numbers took
  }

  forget() {
    this.moments = [];
    this.stride = 5;
    this.shown = undefined; // the moment that one has gone back to
  }

  hear(message) {
    const { race } = this;
    const before = race.round;
    if (message.settings) race.set(message.settings);
    if (message.points) race.setPoints(message.points, message.held);
    if (message.restart) race.begin();
    if (message.restart || race.round < before) this.forget();
    if (message.mixture && race.mixture) Object.assign(race.mixture, message.mixture);
    for (const name of ["pace", "until", "keep"]) if (name in message) this[name] = message[name];
    if ("go" in message) this.goBack(message.go);
    if ("run" in message) this.running = message.run;
    if ("pace" in message || race.round !== before) this.start();
    if (message.split) this.post({ gap: race.splitGap() });
    if (this.running) this.wake();
    else this.show(true);
  }

  // Back to the last kept moment up to that round; to go on from there forgets what came after.
  goBack(last) {
    const { moments, race } = this;
    const i = moments.findLastIndex(({ round }) => round <= last);
    if (i < 0) return;
    race.restore(moments[i]);
    this.running = false;
    this.shown = i;
  }

  // The pace counts from here.
  start() {
    this.origin = { time: this.now(), round: this.race.round };
  }

  wake() {
    if (this.shown !== undefined) this.moments.length = this.shown + 1;
    this.shown = undefined;
    if (this.awake) return;
    this.awake = true;
    this.start();
    this.later(() => this.work(), 0);
  }

  work() {
    const { race, pace } = this;
    const start = this.now();
    const since = (start - this.origin.time) / 1000;
    const allowed = pace === Infinity ? Infinity : this.origin.round + pace * since;
    const last = Math.min(this.until, allowed);
    while (this.running && race.ready && race.round < last && this.now() - start < this.slice) {
      race.step(this.keep);
      if (race.round % this.stride === 0) this.remember();
    }
    if (race.round >= this.until) this.running = false;
    this.awake = this.running && race.ready; // without points it sleeps until there are some
    this.show(!this.awake);
    if (this.awake) this.later(() => this.work(), race.round < allowed ? 0 : 500 / pace);
  }

  remember() {
    this.moments.push(this.race.memory());
    if (this.moments.length <= KEPT) return;
    this.moments = this.moments.filter((_, i) => i % 2 === 1);
    this.stride *= 2;
  }

  show(now) {
    const { race } = this;
    const time = this.now();
    if (now || time - this.framed >= FRAME) {
      this.framed = time;
      const { d, width, prior } = race.settings;
      const moments = this.moments.map(({ round }) => round);
      const weights = race.ready ? race.weights() : null;
      this.post({ round: race.round, running: this.running, d, width, prior, weights, moments });
    }
    if (!now && time - this.counted < Math.max(NUMBERS, SHARE * this.cost)) return;
    this.post({ numbers: race.measure() });
    this.counted = this.now();
    this.cost = this.counted - time;
  }
}

// In a worker.
export function serve(scope) {
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => waiting.shift()();
  const later = (next, ms) => {
    if (ms > 0) return void setTimeout(next, ms);
    waiting.push(next);
    port2.postMessage(null); // sooner than any setTimeout
  };
  const trainer = new Trainer((message) => scope.postMessage(message), { slice: 12, later });
  scope.onmessage = ({ data }) => trainer.hear(data);
}
