// An explorer's file, and arrays in bytes; pack.py says how they lie.

const TYPES = {
  f2: [2, halves],
  f4: [4, (bytes) => new Float32Array(bytes)],
  u1: [1, (bytes) => new Uint8Array(bytes)],
};

// Half floats: 1 bit of sign, 5 of power, 10 of the part behind the point.
export function halves(bytes) {
  return Float32Array.from(new Uint16Array(bytes), (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const power = (half >> 10) & 31;
    const part = half & 1023;
    if (power === 0) return (sign * part) / 2 ** 24;
    if (power === 31) return part ? NaN : sign * Infinity;
    return sign * (1 + part / 1024) * 2 ** (power - 15);
  });
}

// An entry is [name, type, shape].
const bytesOf = ([, type, shape]) => TYPES[type][0] * shape.reduce((a, b) => a * b, 1);

function decode(buffer, offset, entry) {
  const [, type, shape] = entry;
  return { data: TYPES[type][1](buffer.slice(offset, offset + bytesOf(entry))), shape };
}

// The arrays of a list of entries, one after the other.
export function decodeAll(buffer, offset, entries) {
  const arrays = {};
  for (const entry of entries) {
    arrays[entry[0]] = decode(buffer, offset, entry);
    offset += bytesOf(entry);
  }
  return arrays;
}

export async function gunzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// The index of the value itself, or of the nearest number.
export function nearest(values, value) {
  if (typeof value !== "number") return values.indexOf(value);
  let best = 0;
  values.forEach((other, i) => {
    if (Math.abs(other - value) < Math.abs(values[best] - value)) best = i;
  });
  return best;
}

export const onGrid = ({ values }, value) => values[nearest(values, value)];

// The declaration and the fixed arrays of an explorer's file.
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { head, fixed: decodeAll(buffer, 4 + length, head.fixed) };
}
