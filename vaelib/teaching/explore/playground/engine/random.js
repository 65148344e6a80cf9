// Random numbers that a seed repeats, in every browser alike.

const STEP = 0x6d2b79f5;

export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  // Uniform in [0, 1): mulberry32 by Tommy Ettinger, in the public domain.
  uniform() {
    this.state = (this.state + STEP) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  // From N(0, 1): Box and Muller (1958).
  normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  normals(n) {
    return Float64Array.from({ length: n }, () => this.normal());
  }

  below(n) {
    return Math.floor(n * this.uniform());
  }
}
