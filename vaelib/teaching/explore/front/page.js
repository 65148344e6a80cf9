// Elements, and whether the page around them is dark.

// An element with these attributes and children, strings or nodes.
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// JupyterLab, VS Code and common pages say so in attributes of their own; else the system does.
export function isDark() {
  const { body, documentElement: page } = document;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  if (/vscode-(dark|high-contrast)/.test(body.className)) {
    return !/vscode-high-contrast-light/.test(body.className);
  }
  if (body.classList.contains("vscode-light")) return false;
  const said = page.dataset.theme ?? page.getAttribute("theme");
  if (said === "dark" || said === "light") return said === "dark";
  return globalThis.matchMedia("(prefers-color-scheme: dark)").matches;
}
