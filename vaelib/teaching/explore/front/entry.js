// The two ways in: anywidget's render, with a kernel, and hydrate, without one.

import { Face } from "./face.js";
import { Kernel } from "./kernel.js";
import { gunzip, unpack } from "./packed.js";
import { make } from "./page.js";

// For anywidget. The face with a kernel takes the place of the packed face shown beside it.
export const widget = {
  async render({ model, el }) {
    const root = make("div");
    el.append(root);
    const view = model.get("pack");
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const packed = unpack(await gunzip(bytes));
    const kernel = new Kernel(model);
    const face = new Face(root, packed, { parameters: model.get("parameters"), kernel });
    root.explorer = face;
    for (const twin of document.querySelectorAll(`[data-vx-twin="${model.get("twin")}"]`)) {
      twin.explorer?.remove();
      twin.remove();
    }
    return () => face.remove();
  },
};

// The face without a kernel, in those places of the page. A notebook has this module once for each
// explorer: each fills its own places, with its own scenes, and none twice.
export async function hydrate(selector) {
  for (const root of document.querySelectorAll(selector)) {
    const { vxPack: pack, vxParameters: parameters = "{}" } = root.dataset;
    if (!pack) continue;
    root.removeAttribute("data-vx-pack");
    hideError(root);
    try {
      const bytes = Uint8Array.from(atob(pack), (letter) => letter.charCodeAt(0));
      const packed = unpack(await gunzip(bytes));
      const given = { ...JSON.parse(parameters), ...addressed(root, packed.head) };
      root.explorer = new Face(root, packed, { parameters: given });
    } catch (error) {
      const text = `This explorer cannot be read: ${error.message}`;
      root.replaceChildren(make("p", { class: "vx-notice", role: "alert" }, text));
      root.classList.add("vx");
    }
  }
}

// The parameters that the page's address gives to the explorer of that section, "#walk?z1=0.4";
// what it does not know is left out.
function addressed(root, head) {
  const [id, query] = location.hash.slice(1).split("?");
  const section = root.closest("section[id]");
  if (!query || section?.id !== id) return {};
  section.scrollIntoView();
  const given = new URLSearchParams(query);
  const found = {};
  for (const { name, kind, values } of head.controls) {
    const value = kind === "slider" ? Number.parseFloat(given.get(name)) : given.get(name);
    if (kind === "slider" ? Number.isFinite(value) : values.includes(value)) found[name] = value;
  }
  return found;
}

// A saved notebook without its kernel shows, after a while, an error in the live face's place.
function hideError(root) {
  const area = root.closest(".jp-OutputArea");
  if (!area) return;
  new MutationObserver((_, observer) => {
    if (!root.isConnected) observer.disconnect();
    for (const node of area.querySelectorAll(".jp-OutputArea-output")) {
      if (/^Error displaying widget/.test(node.textContent)) node.hidden = true;
    }
  }).observe(area, { childList: true, subtree: true });
}
