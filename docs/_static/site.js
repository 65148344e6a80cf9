// What the theme leaves nameless, or out of reach, for those who use no mouse.
const all = (query) => [...document.querySelectorAll(query)];

document.addEventListener("DOMContentLoaded", () => {
  const misnamed = all(".search-button-field, details.hide > summary");
  for (const node of misnamed) node.removeAttribute("aria-label"); // its text is its name
  for (const column of all(".bd-sidebar-primary")) {
    column.setAttribute("role", "region");
    column.setAttribute("aria-label", "The course");
  }
  for (const fold of all(".bd-sidebar-primary summary")) {
    const page = fold.closest("li")?.querySelector("a")?.textContent.trim();
    fold.setAttribute("aria-label", `Pages under ${page}`);
  }
});

addEventListener("load", async () => {
  await globalThis.MathJax?.startup?.promise;
  const wide = all("mjx-container[display]").filter((node) => node.scrollWidth > node.clientWidth);
  for (const node of wide) node.tabIndex = 0;
});

// In print what is folded stands open: no one can press paper.
addEventListener("beforeprint", () => {
  for (const fold of all("article details:not(.vx *)")) fold.open = true;
});
