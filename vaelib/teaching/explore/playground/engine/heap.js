// The memory in which the kernels work, as a stack of numbers: WebAssembly's, where a browser runs
// that, else an array.

import { kernelsIn } from "./kernels.js";
import { WASM } from "./wasm.js";

const BOTTOM = 256; // below lie the constants of kernels.ts
const PAGE = 8192; // numbers of a page of WebAssembly's memory

export const padded = (n) => 4 * Math.ceil(n / 4);

class Heap {
  // With the kernels that run here, unless they are chosen.
  start() {
    if (!this.kernels) this.use(fast());
    return this;
  }

  // The kernels of a WebAssembly module, or JavaScript's own for null.
  use(module) {
    this.top = BOTTOM;
    this.fast = module !== null;
    this.kernels = module ? new WebAssembly.Instance(module).exports : kernelsIn(this);
    this.numbers = new Float64Array(module ? this.kernels.memory.buffer : PAGE);
  }

  // Room for so many numbers; what lies there is anything.
  take(count) {
    const place = this.top;
    this.top += count;
    if (this.top > this.numbers.length) this.grow();
    return place;
  }

  put(values) {
    const place = this.take(values.length);
    this.numbers.set(values, place);
    return place;
  }

  grow() {
    const pages = Math.ceil((2 * this.top - this.numbers.length) / PAGE);
    const before = this.numbers;
    if (this.fast) {
      this.kernels.memory.grow(pages);
      this.numbers = new Float64Array(this.kernels.memory.buffer);
    } else {
      this.numbers = new Float64Array(before.length + pages * PAGE);
      this.numbers.set(before);
    }
  }

  // n rows of values, beside each other and with 0 behind the last: each column padded(n) numbers.
  putColumns(values, n, width) {
    const rows = padded(n);
    const place = this.take(rows * width);
    const { numbers } = this;
    for (let c = 0; c < width; c++) {
      const at = place + c * rows;
      for (let i = 0; i < n; i++) numbers[at + i] = values[i * width + c];
      numbers.fill(0, at + n, at + rows);
    }
    return place;
  }

  // The same back, (n, width).
  columns(place, n, width) {
    const rows = padded(n);
    const values = new Float64Array(n * width);
    for (let c = 0; c < width; c++) {
      const at = place + c * rows;
      for (let i = 0; i < n; i++) values[i * width + c] = this.numbers[at + i];
    }
    return values;
  }
}

// The module, or null where it does not run.
export function fast() {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(WASM), (c) => c.charCodeAt(0)));
  } catch {
    return null;
  }
}

export const heap = new Heap();
