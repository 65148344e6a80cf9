// Every slide with all its steps, measured while it is shown, in pixels of the stage: how far it
// reaches, how large its pictures are, which text is small, and what is broken.
async () => {
  const PARTS = ".body > *, .side > *, .vx > *, .vq > *, li, td, img, mjx-container, pre";
  const all = (node, query) => [...node.querySelectorAll(query)];
  const frame = () => new Promise(requestAnimationFrame);
  const rect = (node) => node.getBoundingClientRect();
  const drawn = (node) =>
    rect(node).width && rect(node).height && getComputedStyle(node).clipPath === "none";

  // Sizes of text in pixels of the stage; formulas and the drawings of faces have their own.
  function* texts(stage) {
    const walk = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.data.trim();
      const own = walk.currentNode.parentElement;
      if (!text || !own.checkVisibility() || own.closest("mjx-container, .vx-title, .vx-grips")) {
        continue;
      }
      const face = own.closest(".vx, .vq");
      const zoom = face ? Number(getComputedStyle(face).zoom) : 1;
      const size = Number.parseFloat(getComputedStyle(own).fontSize) * zoom;
      yield { text, size: Math.round(10 * size) / 10, face: Boolean(face) };
    }
  }

  function measure(section) {
    const stage = section.querySelector(".stage");
    const body = stage.querySelector(".body");
    const box = rect(stage);
    const scale = box.width / 1280;
    const parts = all(body, PARTS).filter(drawn);
    const title = stage.querySelector("h1, h2");
    const most = (reach) => Math.round(Math.max(0, ...[title, ...parts].map(reach)));
    return {
      title: title.textContent,
      bottom: most((node) => (rect(node).bottom - box.top) / scale),
      right: most((node) => (rect(node).right - box.left) / scale),
      above: most((node) => (node === title ? 0 : (rect(body).top - rect(node).top) / scale)),
      across: most((node) => {
        const column = node.closest(".side");
        return column ? (rect(node).right - rect(column).right) / scale : 0;
      }),
      pictures: all(stage, ".picture img").map((img) => {
        const ratio = img.naturalWidth / img.naturalHeight;
        const width = Math.min(rect(img).width, rect(img).height * ratio) / scale;
        return [Math.round(width), Math.round(width / ratio)];
      }),
      texts: [...texts(stage)],
      broken:
        all(stage, "img").filter((img) => !img.naturalWidth).length +
        all(stage, "mjx-merror, [data-mjx-error], .vx-notice:not([hidden])").length,
    };
  }

  const found = [];
  for (const [at, section] of Reveal.getSlides().entries()) {
    Reveal.slide(at, 0, 999);
    await frame();
    await frame();
    found.push(measure(section));
  }
  return found;
};
