// The lecturer's page: begin and delete classes.

import { post } from "./ask.js";

const form = document.getElementById("begin");
const status = form.querySelector("[role=status]");

async function then(promise) {
  try {
    await promise;
    location.reload();
  } catch (error) {
    status.textContent = error.message;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  then(post("/teach/classes", { name: form.elements.name.value }));
});

for (const button of document.querySelectorAll(".delete")) {
  const section = button.closest("section");
  const name = section.querySelector("h2").textContent;
  button.setAttribute("aria-label", `Delete the class ${name} …`);
  button.addEventListener("click", () => {
    if (!confirm(`Delete “${name}” and all its answers? They cannot be brought back.`)) return;
    then(post(`/teach/${section.dataset.code}/delete`, {}));
  });
}
