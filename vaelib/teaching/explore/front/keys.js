// The keys of a slider beside the arrows: how far each goes among so many values.

export const KEYS =
  "Handles take the arrow keys, with Shift five steps at once; Page Up and Page Down go a tenth " +
  "of the way, Home and End to the ends.";

// undefined for any other key
export function leap(key, { length }) {
  const page = Math.ceil(length / 10);
  return { Home: -length, End: length, PageUp: page, PageDown: -page }[key];
}
