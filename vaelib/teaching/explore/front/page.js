// Elements, and what the page around them does: where it is dark, zoomed, scaled or printed.

export const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

// An element with these attributes and children, strings or nodes.
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Where the pointer is, in the pixels in which the canvas was drawn.
export function pointer({ clientX, clientY }, canvas, { width, height }) {
  const box = canvas.getBoundingClientRect();
  return [((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height];
}

// The screen's pixels to one of the canvas, as the device and the page magnify it. Slides may grow
// from small to large: never fewer than the device has, nor many more.
export function pixelRatio(canvas) {
  const grown = canvas.getBoundingClientRect().width / canvas.clientWidth;
  const rounded = Math.round(100 * grown) / 100 || 1; // widths are whole pixels
  return (globalThis.devicePixelRatio || 1) * Math.min(3, Math.max(1, rounded));
}

// JupyterLab, VS Code and common pages say so in attributes of their own; else the system does.
// Paper is light.
export function isDark() {
  const { body, documentElement: page } = document;
  if (globalThis.matchMedia("print").matches) return false;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  if (/vscode-(dark|high-contrast)/.test(body.className)) {
    return !/vscode-high-contrast-light/.test(body.className);
  }
  if (body.classList.contains("vscode-light")) return false;
  const said = page.dataset.theme ?? page.getAttribute("theme");
  if (said === "dark" || said === "light") return said === "dark";
  return globalThis.matchMedia("(prefers-color-scheme: dark)").matches;
}
