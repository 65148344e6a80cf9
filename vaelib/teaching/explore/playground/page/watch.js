// When a page must be drawn again though its state stays: sizes, pixels or the theme change.

// page.touch() draws again soon; page.on listens until the page is removed. What outlives the page
// must not hold it.
export function watch(page, node) {
  const weak = new WeakRef(page);
  const touch = () => weak.deref()?.touch();
  page.sizes = new ResizeObserver(touch);
  page.sizes.observe(node);
  page.theme = new MutationObserver(touch);
  for (const place of [document.body, document.documentElement])
    page.theme.observe(place, { attributes: true });
  for (const medium of ["(prefers-color-scheme: dark)", "print"])
    page.on(globalThis.matchMedia(medium), "change", touch);
  page.on(globalThis, "resize", touch);
}
