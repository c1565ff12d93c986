// Copies a citation. Without scripts the citation is there to be selected.
"use strict";
function prepare(root) {
  for (const button of root.querySelectorAll("button.copy")) {
    button.hidden = false;
  }
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    getSelection().selectAllChildren(source);
    document.execCommand("copy");
  }
  document.getElementById("copy-status").textContent = button.dataset.done;
  button.textContent = button.dataset.done;
});
prepare(document);
