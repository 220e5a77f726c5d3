// @ts-check
// Buttons that copy the value of a field, or the text of another element: data-copy names it.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy]"))) {
  const field = document.getElementById(button.dataset.copy ?? "");
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field instanceof HTMLInputElement ? field.value : (field.textContent ?? ""));
    const live = document.getElementById("live-polite");
    if (live) live.textContent = button.dataset.copied ?? "";
  });
}
